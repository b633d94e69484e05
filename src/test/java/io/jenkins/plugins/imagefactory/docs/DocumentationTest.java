package io.jenkins.plugins.imagefactory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.PluginSteps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows is what the plugin understands. */
class DocumentationTest {
    private static final Pattern GROOVY = Pattern.compile("^```groovy\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("`(\\w+)`");

    @TempDir
    Path directory;

    @TestFactory
    List<DynamicTest> everyJenkinsfileAndGroovyBlockBinds() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : documents()) {
            String text = Files.readString(file);
            if (file.endsWith("Jenkinsfile")) {
                tests.add(DynamicTest.dynamicTest(file.toString(), () -> bind(text)));
            }
            Matcher block = GROOVY.matcher(text);
            for (int number = 1; block.find(); number++) {
                String source = block.group(1);
                tests.add(DynamicTest.dynamicTest(file + " block " + number, () -> bind(source)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(5);
        return tests;
    }

    @TestFactory
    Stream<DynamicTest> everyParameterIsDocumentedAndNoOther() throws IOException {
        String reference = Files.readString(Path.of("docs/steps.md"));
        PluginSteps steps = new PluginSteps();
        return steps.names().stream()
                .map(step -> DynamicTest.dynamicTest(
                        step,
                        () -> assertThat(documented(reference, step))
                                .isEqualTo(new TreeSet<>(steps.parameters(step)))));
    }

    @TestFactory
    Stream<DynamicTest> everyDefaultIsDocumentedAsItIs() throws IOException {
        String reference = Files.readString(Path.of("docs/steps.md"));
        PluginSteps steps = new PluginSteps();
        return steps.names().stream()
                .map(step -> DynamicTest.dynamicTest(step, () -> {
                    Map<String, String> documented = documentedDefaults(reference, step);
                    steps.defaults(step)
                            .forEach((parameter, value) -> assertThat(documented.get(parameter))
                                    .as(parameter)
                                    .isIn("`" + value + "`", "as in packerBuild"));
                }));
    }

    private static Map<String, String> documentedDefaults(String reference, String step) {
        Map<String, String> defaults = new TreeMap<>();
        for (String[] cells : rows(reference, step)) {
            String value = cells[3].strip().startsWith("as in ") ? cells[3].strip() : cells[2].strip();
            PARAMETER.matcher(cells[1]).results().forEach(name -> defaults.put(name.group(1), value));
        }
        return defaults;
    }

    private static Set<String> documented(String reference, String step) {
        return documentedDefaults(reference, step).keySet();
    }

    private static List<String[]> rows(String reference, String step) {
        String section = reference.substring(reference.indexOf("\n## " + step + "\n"));
        int next = section.indexOf("\n## ", 1);
        return section.substring(0, next < 0 ? section.length() : next)
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("(?<!\\\\)\\|"))
                .toList();
    }

    private void bind(String source) throws IOException {
        LocalBuild build = LocalBuild.in(directory, directory, OutputStream.nullOutputStream(), (run, choice) -> {
            throw new AssertionError("nothing is run");
        });
        Pipeline.bind(source, build);
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("Jenkinsfile")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.endsWith("Jenkinsfile") || file.toString().endsWith(".md"))
                    .sorted()
                    .forEach(documents::add);
        }
        return documents;
    }
}
