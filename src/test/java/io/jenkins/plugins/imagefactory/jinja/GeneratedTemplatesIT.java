package io.jenkins.plugins.imagefactory.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine against Jinja2 and Ansible on templates that nobody thought of. */
class GeneratedTemplatesIT {
    private static final long SEED = 20_261_121;

    @Test
    void twentyThousandExpressionsRenderAsJinja2RendersThem() throws IOException, InterruptedException {
        assertNoDifference(Oracle.JINJA2, 20_000, new TemplateGenerator(SEED)::expression);
    }

    @Test
    void twoThousandTemplatesRenderAsJinja2RendersThem() throws IOException, InterruptedException {
        assertNoDifference(Oracle.JINJA2, 2_000, new TemplateGenerator(SEED)::template);
    }

    @Test
    void sixThousandTextsAreWrittenAsYamlAsAnsibleWritesThem() throws IOException, InterruptedException {
        assertNoDifference(Oracle.ANSIBLE, 300, new TemplateGenerator(SEED)::yaml);
    }

    private static void assertNoDifference(Oracle oracle, int count, Supplier<String> generator)
            throws IOException, InterruptedException {
        List<String> templates = Stream.generate(generator).limit(count).toList();
        Map<String, Object> data = Corpus.variables();
        List<Oracle.Answer> expected = oracle.render(templates, data, Corpus.files());
        Variables variables = Variables.of(data);
        Engine engine = Corpus.engine();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String difference = expected.get(i).difference(engine, templates.get(i), variables);
            if (difference != null) {
                differences.add(templates.get(i) + "\n" + difference);
            }
        }
        assertThat(expected.stream().filter(answer -> answer.error() == null))
                .as("templates that are no errors")
                .hasSizeGreaterThan(count / 2);
        assertThat(differences).isEmpty();
    }
}
