package io.jenkins.plugins.imagefactory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that the documentation names exist. */
class NamedTestsTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @ParameterizedTest
    @ValueSource(strings = {"architecture.md", "security.md"})
    void everyTestThatIsNamedExists(String page) throws IOException {
        List<MatchResult> named =
                TEST.matcher(Files.readString(Path.of("docs", page))).results().toList();

        assertThat(named).hasSizeGreaterThan(20).allSatisfy(test -> {
            String source = Files.readString(source(test.group(1)));
            if (test.group(2) != null) {
                assertThat(source).contains("void " + test.group(2) + "(");
            }
        });
    }

    private static Path source(String test) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            return sources.filter(file -> file.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + test));
        }
    }
}
