package io.jenkins.plugins.imagefactory.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Variables and templates that a stranger wrote to bring the agent to a standstill. */
class RenderBudgetTest {
    @TempDir
    Path workspace;

    /** 290 bytes that stand for a list of 2^30 elements. */
    private static String doublingAliases() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return yaml.toString();
    }

    @Test
    void aliasesThatDoubleDoNotFillTheMemoryOfTheAgent() throws IOException {
        write("bomb.yml", doublingAliases());
        write("t.txt.j2", "{{ a0 }}");

        assertThatThrownBy(() -> render("t.txt.j2", List.of("bomb.yml"), Map.of()))
                .hasMessageStartingWith("bomb.yml line ")
                .hasMessageEndingWith("with its aliases written out it has more than 10000000 elements");
    }

    @Test
    void listsThatAJobPutsIntoOneAnotherDoNotFillTheMemoryOfTheAgent() throws IOException {
        write("t.txt.j2", "{{ x }}");
        List<Object> list = List.of("x");
        for (int i = 0; i < 30; i++) {
            list = List.of(list, list);
        }
        Map<String, Object> vars = Map.of("x", list);

        assertThatThrownBy(() -> render("t.txt.j2", List.of(), vars))
                .hasMessage("variable 'x' has more than 10000000 elements");
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTemplateFullOfWrongNamesIsReadToItsEndAndTellsTheFirstHundredOfThem() throws IOException {
        int count = 20_000;
        StringBuilder template = new StringBuilder("heat_template_version: 2021-04-16\nparameters:\n");
        for (int i = 0; i < count; i++) {
            template.append("  right").append(i).append(": {type: string}\n");
        }
        template.append("parameter_groups:\n  - label: all\n    parameters:\n");
        for (int i = 0; i < count; i++) {
            template.append("      - right").append(i).append('\n');
        }
        template.append("resources:\n  a:\n    type: A\n    properties:\n      all:\n");
        for (int i = 0; i < count; i++) {
            template.append("        - {get_param: wrong").append(i).append("}\n");
        }
        write("stack.yaml.j2", template.toString());

        assertThatThrownBy(() -> render("stack.yaml.j2", List.of(), Map.of()))
                .hasMessageContaining("get_param names 'wrong0'")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(100));
    }

    @Test
    void aRenderedTemplateOfDoublingAliasesIsAnError() throws IOException {
        write("stack.yaml.j2", "heat_template_version: 2021-04-16\n" + doublingAliases());

        assertThatThrownBy(() -> render("stack.yaml.j2", List.of(), Map.of()))
                .hasMessageContaining("with its aliases written out it has more than");
    }

    @Test
    void aFileOfMoreElementsThanMemoryHoldsIsRefusedBeforeItIsRead() throws IOException {
        write("many.yml", "v: [" + "x,".repeat(3_000_000) + "x]\n");
        write("t.txt.j2", "x");

        assertThatThrownBy(() -> render("t.txt.j2", List.of("many.yml"), Map.of()))
                .hasMessageStartingWith("many.yml line 1 column ")
                .hasMessageEndingWith("it has more than 500000 elements");
    }

    @Test
    void anAliasOfWhatItIsPartOfIsAnError() throws IOException {
        write("loop.yml", "a: &a [1, *a]\n");
        write("t.txt.j2", "x");

        assertThatThrownBy(() -> render("t.txt.j2", List.of("loop.yml"), Map.of()))
                .hasMessageStartingWith("loop.yml line 1")
                .hasMessageContaining("an alias names what it is part of");
    }

    @Test
    void ordinaryFilesMayHaveManyAliasesWhichAreOneObject() throws IOException {
        StringBuilder yaml = new StringBuilder("base: &base {flavor: small}\nlist:\n");
        yaml.append("- *base\n".repeat(1000));
        write("vars.yml", yaml.toString());
        write("t.txt.j2", "{% set _ = list[0].update(flavor='large') %}{{ list[999].flavor }} {{ list | length }}");

        assertThat(render("t.txt.j2", List.of("vars.yml"), Map.of()))
                .extracting(RenderedTemplate::text)
                .containsExactly("large 1000");
    }

    @Test
    void aFileThatIsTooLargeForATextIsNotRead() throws IOException {
        Path file = Files.createFile(workspace.resolve("vars.yml"));
        try (var sparse = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
            sparse.position(1L << 40).write(java.nio.ByteBuffer.wrap(new byte[] {'x'}));
        }
        write("t.txt.j2", "x");

        assertThatThrownBy(() -> render("t.txt.j2", List.of("vars.yml"), Map.of()))
                .hasMessageEndingWith("vars.yml is larger than 64 MiB, too large for a text");
    }

    @Test
    void aTemplateThatNamesTooManyFilesIsAnError() throws IOException {
        StringBuilder template = new StringBuilder("heat_template_version: 2021-04-16\noutputs:\n");
        for (int i = 0; i <= 1000; i++) {
            write("f" + i, "x");
            template.append("  o%d: {value: {get_file: f%d}}\n".formatted(i, i));
        }
        write("stack.yaml.j2", template.toString());

        assertThatThrownBy(() -> new RenderRequest("stack.yaml.j2", null, List.of(), Map.of(), Map.of(), Map.of(), true)
                        .render(workspace))
                .hasMessageContaining("name more than 1000 files");
    }

    private List<RenderedTemplate> render(String template, List<String> varsFiles, Map<String, Object> vars)
            throws IOException {
        return new RenderRequest(template, null, varsFiles, Map.of(), vars, Map.of(), false).render(workspace);
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(workspace.resolve(path), text);
    }
}
