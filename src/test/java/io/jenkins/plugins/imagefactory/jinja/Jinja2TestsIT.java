package io.jenkins.plugins.imagefactory.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.imagefactory.fixture.Jinja2Tests;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine against the templates of Jinja2's own tests, which nobody here wrote. */
class Jinja2TestsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAGE = Path.of("docs/heat.md");

    /**
     * Why templates are rendered otherwise here.
     *
     * @param row the beginning of its row in docs/heat.md's table of differences
     * @param templates what they have in common
     */
    private record Reason(String row, Pattern templates) {
        Reason(String row, String templates) {
            this(row, Pattern.compile(templates));
        }
    }

    private static final List<Reason> REASONS = List.of(
            new Reason("| `{% autoescape true %}` |", "autoescape true"),
            new Reason("| a filter or test that does not exist, where nothing gets to it |", "\\|f\\b|is f\\b"),
            new Reason("| attributes of Jinja2's own objects, `x._undefined_name` |", "_undefined_name"));

    @TempDir
    Path directory;

    @Test
    void whatJinja2sOwnTestsRenderIsRenderedSoHereOrStandsInTheTableOfDifferences()
            throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        TreeSet<String> used = new TreeSet<>();
        int cases = 0;
        for (JsonNode recorded : recorded()) {
            cases++;
            String template = recorded.get("template").asText();
            String difference = difference(recorded, template);
            if (difference == null) {
                continue;
            }
            Optional<Reason> reason = REASONS.stream()
                    .filter(each -> each.templates.matcher(template).find())
                    .findFirst();
            reason.ifPresent(each -> used.add(each.row));
            if (reason.isEmpty()) {
                differences.add(recorded.get("test").asText() + "\n" + template + "\n" + difference);
            }
        }

        assertThat(cases).as("templates of Jinja2's own tests").isGreaterThan(500);
        assertThat(differences).isEmpty();
        assertThat(used)
                .as("reasons that still apply")
                .containsExactlyInAnyOrderElementsOf(
                        REASONS.stream().map(Reason::row).toList());
    }

    @Test
    void theTableOfDifferencesHasEveryReason() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);

        assertThat(REASONS).allSatisfy(reason -> assertThat(lines).anyMatch(line -> line.startsWith(reason.row)));
    }

    private JsonNode recorded() throws IOException, InterruptedException {
        Optional<Path> tests = Jinja2Tests.directory();
        assumeTrue(
                tests.isPresent(),
                "Jinja2's own tests are not here: src/test/scripts/install-packages jinja2-tests could not fetch them");
        Path file = directory.resolve("recorded.json");
        Jinja2Tests.run(
                tests.get(), Corpus.DIRECTORY, "record_jinja2_tests", Map.of("RECORDED_TEMPLATES", file.toString()));
        return JSON.readTree(file.toFile());
    }

    private static String difference(JsonNode recorded, String template) {
        Map<String, String> files = JSON.convertValue(
                recorded.get("files"), JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
        Map<String, Object> variables = JSON.convertValue(
                recorded.get("variables"),
                JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
        Engine engine = new Engine(files::get, Map.of(), Limits.STANDARD);
        return Oracle.Answer.of(recorded).difference(engine, template, Variables.of(variables));
    }
}
