package io.jenkins.plugins.imagefactory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that people read in forms and on pages is there in French, too. */
class TranslationTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern TEXT = Pattern.compile("\\$\\{%([^}(]+)");
    private static final Pattern LONE_APOSTROPHE = Pattern.compile("(?<!')'(?!')");

    static List<Path> views() throws IOException {
        return resources(".jelly").stream()
                .filter(view -> TEXT.matcher(read(view)).find())
                .toList();
    }

    static List<Path> messages() throws IOException {
        return resources("/Messages.properties");
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyTextOfAViewIsTranslatedAndNothingElse(Path view) throws IOException {
        String name = view.getFileName().toString().replace(".jelly", "");
        Map<String, String> french = texts(view.resolveSibling(name + "_fr.properties"));

        assertThat(french.keySet())
                .as(name + "_fr.properties in " + view.getParent())
                .isEqualTo(TEXT.matcher(read(view))
                        .results()
                        .map(text -> text.group(1))
                        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
        assertFormatsWell(french);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageIsTranslatedWithItsArguments(Path messages) throws IOException {
        Map<String, String> english = texts(messages);
        Map<String, String> french = texts(messages.resolveSibling("Messages_fr.properties"));

        assertThat(french.keySet()).isEqualTo(english.keySet());
        french.forEach((key, text) ->
                assertThat(arguments(text)).as(key + " in " + messages).isEqualTo(arguments(english.get(key))));
        assertFormatsWell(english);
        assertFormatsWell(french);
    }

    static List<Path> helpTexts() throws IOException {
        return resources(".html").stream()
                .filter(help -> help.getFileName().toString().startsWith("help")
                        && !help.toString().endsWith("_fr.html"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("helpTexts")
    void everyHelpTextIsTranslatedWithTheSameCode(Path help) {
        Path french = help.resolveSibling(help.getFileName().toString().replace(".html", "_fr.html"));

        assertThat(french).isRegularFile();
        assertThat(read(french)).startsWith("<").isNotEqualTo(read(help)).doesNotContain("\uFFFD", "Ã");
        assertThat(elements(read(french))).isEqualTo(elements(read(help)));
    }

    private static List<String> elements(String html) {
        return Pattern.compile("<(?!/?div)[a-z/]+>")
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    /** Jenkins formats every text: one apostrophe alone hides what stands behind it. */
    private static void assertFormatsWell(Map<String, String> texts) {
        texts.forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank().doesNotContainPattern(LONE_APOSTROPHE);
            assertThat(MessageFormat.format(text, new Object[0])).as(key).doesNotContain("\uFFFD", "Ã");
        });
    }

    private static int arguments(String text) {
        return new MessageFormat(text).getFormatsByArgumentIndex().length;
    }

    private static Map<String, String> texts(Path properties) throws IOException {
        assertThat(properties).isRegularFile();
        Map<String, String> texts = new TreeMap<>();
        try (InputStream in = Files.newInputStream(properties)) {
            PropertyResourceBundle bundle = new PropertyResourceBundle(in);
            bundle.getKeys().asIterator().forEachRemaining(key -> texts.put(key, bundle.getString(key)));
        }
        return texts;
    }

    private static List<Path> resources(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
