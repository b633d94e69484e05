package io.jenkins.plugins.imagefactory.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The engine against real Jinja2 under Ansible's settings and Ansible's real template module: the same bytes, or an error from
 * both.
 */
class LanguageIT {
    /** Files of snippets whose names start so use what only Ansible has. */
    private static final String ANSIBLE_ONLY = "ansible-";
    /** Files of snippets in which Ansible errs: it prints a template that it cannot compile instead of rendering it. */
    private static final String JINJA2_ONLY = "jinja2-";

    @TestFactory
    Stream<DynamicTest> rendersWhatAnsiblesTemplateModuleRenders() throws IOException, InterruptedException {
        return compared(Oracle.ANSIBLE, snippetsBut(JINJA2_ONLY));
    }

    @TestFactory
    Stream<DynamicTest> rendersWhatJinja2Renders() throws IOException, InterruptedException {
        return compared(Oracle.JINJA2, snippetsBut(ANSIBLE_ONLY));
    }

    @TestFactory
    Stream<DynamicTest> rendersWholeTemplatesAsAnsiblesTemplateModuleDoes() throws IOException, InterruptedException {
        return compared(Oracle.ANSIBLE, new ArrayList<>(Corpus.templates().values()));
    }

    @Test
    void theCorpusIsAsLargeAsItIsSaidToBe() throws IOException {
        assertThat(snippetsBut("none")).hasSizeGreaterThanOrEqualTo(1000).doesNotHaveDuplicates();
        assertThat(Corpus.templates()).hasSizeGreaterThanOrEqualTo(150);
    }

    private static List<String> snippetsBut(String prefix) throws IOException {
        List<String> all = new ArrayList<>();
        Corpus.snippets().forEach((file, snippets) -> {
            if (!file.startsWith(prefix)) {
                all.addAll(snippets);
            }
        });
        return all;
    }

    private static Stream<DynamicTest> compared(Oracle oracle, List<String> templates)
            throws IOException, InterruptedException {
        Map<String, Object> data = Corpus.variables();
        List<Oracle.Answer> answers = oracle.render(templates, data, Corpus.files());
        Variables variables = Variables.of(data);
        Engine engine = Corpus.engine();
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < templates.size(); i++) {
            String template = templates.get(i);
            Oracle.Answer expected = answers.get(i);
            tests.add(DynamicTest.dynamicTest(
                    i + 1 + ": " + template.replace('\n', '↵'),
                    () -> assertThat(expected.difference(engine, template, variables))
                            .isNull()));
        }
        return tests.stream();
    }
}
