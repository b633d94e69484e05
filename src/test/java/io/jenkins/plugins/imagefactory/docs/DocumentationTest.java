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
import java.util.Set;
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

    private static Set<String> documented(String reference, String step) {
        String section = reference.substring(reference.indexOf("\n## " + step + "\n"));
        int next = section.indexOf("\n## ", 1);
        Set<String> names = new TreeSet<>();
        section.substring(0, next < 0 ? section.length() : next)
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[1])
                .forEach(cell -> PARAMETER.matcher(cell).results().forEach(name -> names.add(name.group(1))));
        return names;
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
