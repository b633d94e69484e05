package io.jenkins.plugins.imagefactory.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The real programs that the engine is held against. */
enum Oracle {
    JINJA2("python3-jinja2"),
    ANSIBLE("ansible-core");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String debianPackage;

    Oracle(String debianPackage) {
        this.debianPackage = debianPackage;
    }

    /**
     * What becomes of a template.
     *
     * @param text null when it is an error
     */
    record Answer(String text, String error) {
        static Answer of(JsonNode result) {
            return new Answer(
                    result.has("text") ? result.get("text").asText() : null,
                    result.path("error").asText(null));
        }

        /**
         * What the engine does otherwise; null when it renders the same, when both refuse the template, or when Python prints
         * where in its memory something lies.
         */
        String difference(Engine engine, String template, Variables variables) {
            if (text != null && text.contains(" object at 0x")) {
                return null;
            }
            String rendered;
            try {
                rendered = engine.compile("template", template).render(variables);
            } catch (TemplateException e) {
                return error == null ? "should be: " + text + "\nengine says: " + e.getMessage() : null;
            }
            if (error != null) {
                return "should be an error: " + error + "\nengine renders: " + rendered;
            }
            return rendered.equals(text) ? null : "should be: " + text + "\nengine renders: " + rendered;
        }
    }

    /** Renders templates, all in one process. */
    List<Answer> render(List<String> templates, Map<String, Object> variables, Map<String, String> files)
            throws IOException, InterruptedException {
        Process python = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-W",
                        "ignore",
                        "src/test/resources/jinja/oracle.py",
                        name().toLowerCase(Locale.ROOT))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread writer = new Thread(() -> {
            try (var stdin = python.getOutputStream()) {
                JSON.writeValue(stdin, Map.of("templates", templates, "variables", variables, "files", files));
            } catch (IOException e) {
                python.destroy();
            }
        });
        writer.start();
        JsonNode results = JSON.readTree(python.getInputStream());
        assertThat(python.waitFor())
                .as("exit code of %s, of the Debian package %s", this, debianPackage)
                .isZero();
        writer.join();
        List<Answer> answers = new ArrayList<>();
        results.forEach(result -> answers.add(Answer.of(result)));
        assertThat(answers).hasSameSizeAs(templates);
        return answers;
    }
}
