package io.jenkins.plugins.imagefactory.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The engine against real Jinja2 under Ansible's settings: the same bytes, or an error from both. */
class LanguageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CORPUS = Path.of("src/test/resources/jinja/language.json");

    @TestFactory
    List<DynamicTest> rendersWhatJinja2Renders() throws IOException, InterruptedException {
        JsonNode corpus = JSON.readTree(CORPUS.toFile());
        JsonNode expected = jinja2();
        Variables variables =
                Variables.of(JSON.convertValue(corpus.path("variables"), new TypeReference<Map<String, Object>>() {}));
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            String template = corpus.path("templates").get(i).asText();
            JsonNode answer = expected.get(i);
            tests.add(DynamicTest.dynamicTest(template, () -> compare(template, variables, answer)));
        }
        return tests;
    }

    private static void compare(String template, Variables variables, JsonNode expected) {
        String rendered;
        try {
            rendered = new Engine(name -> null, Map.of(), Limits.STANDARD)
                    .compile("template", template)
                    .render(variables);
        } catch (TemplateException e) {
            assertThat(expected.has("error"))
                    .as("only the engine fails: %s; Jinja2 renders: %s", e.getMessage(), expected.path("text"))
                    .isTrue();
            return;
        }
        assertThat(expected.has("error"))
                .as("only Jinja2 fails: %s; the engine renders: %s", expected.path("error"), rendered)
                .isFalse();
        assertThat(rendered).isEqualTo(expected.path("text").asText());
    }

    private static JsonNode jinja2() throws IOException, InterruptedException {
        Process python = new ProcessBuilder("/usr/bin/python3", "src/test/resources/jinja/render.py", CORPUS.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode results = JSON.readTree(python.getInputStream());
        assertThat(python.waitFor())
                .as("real Jinja2, of the Debian package python3-jinja2")
                .isZero();
        return results;
    }
}
