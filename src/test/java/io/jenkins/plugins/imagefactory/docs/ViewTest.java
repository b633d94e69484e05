package io.jenkins.plugins.imagefactory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every Jelly view of the plugin keeps to. */
class ViewTest {

    static List<Path> views() throws IOException {
        return resources(".jelly");
    }

    static List<Path> stylesAndScripts() throws IOException {
        return Stream.concat(resources(".css").stream(), resources(".js").stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("views")
    void textIsEscapedAndNothingRunsInline(Path view) throws IOException {
        assertThat(Files.readString(view))
                .startsWith("<?jelly escape-by-default='true'?>")
                .doesNotContainPattern("<script|<style| style=| on[a-z]+=\"|javascript:|<j:out ");
    }

    @ParameterizedTest
    @MethodSource("views")
    void theFieldsOfAFormHaveNames(Path view) throws IOException {
        String jelly = Files.readString(view);
        if (jelly.contains("<f:entry ")) {
            assertThat(jelly).contains("<st:adjunct includes=\"io.jenkins.plugins.imagefactory.jenkins.labels\" />");
        }
    }

    @ParameterizedTest
    @MethodSource("stylesAndScripts")
    void coloursAreThoseOfTheTheme(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b|\\b(rgb|hsl|oklch)a?\\(");
    }

    private static List<Path> resources(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
