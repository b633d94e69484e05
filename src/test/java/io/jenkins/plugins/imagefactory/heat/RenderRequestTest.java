package io.jenkins.plugins.imagefactory.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderRequestTest {
    @TempDir
    Path workspace;

    @Test
    void laterVariablesWinOverEarlierOnes() throws IOException {
        write("one.yml", "a: file1\nb: file1\nc: file1\nd: file1\n");
        write("two.json", "{\"b\": \"file2\", \"c\": \"file2\", \"d\": \"file2\"}");
        write("t.txt.j2", "{{ a }} {{ b }} {{ c }} {{ d }}\n");

        written(new RenderRequest(
                        "t.txt.j2",
                        "out",
                        List.of("one.yml", "two.json"),
                        Map.of("c", "known", "d", "known"),
                        Map.of("d", "vars"),
                        Map.of(),
                        false)
                .render(workspace));

        assertThat(workspace.resolve("out/t.txt")).hasContent("file1 file2 known vars");
    }

    @Test
    void aNameThatIsNoPathNamesNoTemplate() throws IOException {
        write("t.yaml.j2", "{% include 'x\\0' %}");

        assertThatThrownBy(() -> new RenderRequest("t.yaml.j2", null, List.of(), Map.of(), Map.of(), Map.of(), false)
                        .render(workspace))
                .isInstanceOf(RenderException.class);
    }

    @Test
    void aFileWhoseNameIsNoPathIsNamed() {
        String template =
                "heat_template_version: 2018-08-31\nresources: {a: {properties: {b: {get_file: \"x\\0\"}}}}\n";

        assertThatThrownBy(() -> new StackSource(template, null, Map.of(), List.of()).gather(workspace))
                .isInstanceOf(RenderException.class)
                .hasMessage("a Heat template names the file 'x?', which is no path");
    }

    @Test
    void aHeatTemplateThatIsASetIsNone() throws IOException {
        write("t.yaml.j2", "!!set {heat_template_version}\n");

        assertThatThrownBy(() -> new RenderRequest("t.yaml.j2", null, List.of(), Map.of(), Map.of(), Map.of(), false)
                        .render(workspace))
                .isInstanceOf(RenderException.class)
                .hasMessageEndingWith("a Heat template must be a map");
    }

    @Test
    void theQuickstartsTemplateHasTheAllocationPoolsOfItsNetworks() throws IOException {
        Path quickstart = Path.of("docs/examples/quickstart");
        write("stack.yaml.j2", Files.readString(quickstart.resolve("stack.yaml.j2")));
        write("build-vars.yml", Files.readString(quickstart.resolve("build-vars.yml")));

        assertThat(new RenderRequest(
                                "stack.yaml.j2",
                                null,
                                List.of("build-vars.yml"),
                                Map.of("result_img_id", "1", "result_img_name", "n", "build_number", "2"),
                                Map.of(),
                                Map.of(),
                                false)
                        .render(workspace))
                .singleElement()
                .extracting(RenderedTemplate::text)
                .asString()
                .contains(
                        "cidr: 192.0.2.0/24\n      allocation_pools:\n        - { start: 192.0.2.100, end: 192.0.2.200 }\n");
    }

    @Test
    void aTabMayStandBetweenAKeyAndItsValue() throws IOException {
        write("vars.yml", "a:\tone\nb: {c:\t2, d: \t3}\ne: \"x\ty\"\t# comment\nf: |\n  g:\th\n");
        write("t.txt.j2", "{{ a }} {{ b }} {{ e }} {{ f }}");

        assertThat(written(new RenderRequest("t.txt.j2", null, List.of("vars.yml"), Map.of(), Map.of(), Map.of(), false)
                        .render(workspace)))
                .extracting(RenderedTemplate::text)
                .containsExactly("one {'c': 2, 'd': 3} x\ty g:\th\n");
    }

    @Test
    void tellsTheVersionAndTheParametersOfAHeatTemplate() throws IOException {
        write("stack.yaml.j2", """
                heat_template_version: 2021-04-16
                parameters:
                  image: {type: string, default: {{ image_id }}}
                resources: {server: {type: 'OS::Nova::Server', properties: {image: {get_param: image}}}}
                """);

        RenderedTemplate rendered =
                render("stack.yaml.j2", Map.of("image_id", "4711x")).get(0);

        assertThat(rendered.template()).isEqualTo("stack.yaml.j2");
        assertThat(rendered.output()).isEqualTo("target/heat/stack.yaml");
        assertThat(rendered.heatTemplateVersion()).isEqualTo("2021-04-16");
        assertThat(rendered.parameters()).containsEntry("image", Map.of("type", "string", "default", "4711x"));
    }

    @Test
    void aGlobKeepsTheTreeBelowItsFixedPart() throws IOException {
        write("images/a/output/stack.yaml.j2", "x: 1\n");
        write("images/b/output/deep/env.yaml.j2", "x: 2\n");
        write("images/b/README.md", "no template");

        assertThat(render("images/**/*.j2", Map.of()))
                .extracting(RenderedTemplate::output)
                .containsExactly("target/heat/a/output/stack.yaml", "target/heat/b/output/deep/env.yaml");
    }

    @Test
    void aDirectoryKeepsItsTree() throws IOException {
        write("tree/top.txt", "top");
        write("tree/below/deep.txt.j2", "deep");

        assertThat(render("tree", Map.of()))
                .extracting(RenderedTemplate::output)
                .containsExactly("target/heat/below/deep.txt", "target/heat/top.txt");
    }

    @Test
    void anUndefinedVariableIsNamedWithItsPlaceAndTheNearestName() throws IOException {
        write("stack.yaml.j2", "a: 1\nb: {{ resutl_img_id }}\n");

        assertThatThrownBy(() -> render("stack.yaml.j2", Map.of("result_img_id", "1")))
                .isInstanceOf(RenderException.class)
                .hasMessageContainingAll("resutl_img_id", "stack.yaml.j2 line 2", "did you mean 'result_img_id'");
    }

    @Test
    void nothingIsWrittenWhenOneTemplateFails() throws IOException {
        write("t/a.txt.j2", "fine");
        write("t/b.txt.j2", "{{ missing }}");

        assertThatThrownBy(() -> render("t", Map.of())).isInstanceOf(RenderException.class);

        assertThat(workspace.resolve("target")).doesNotExist();
    }

    @Test
    void brokenYamlIsNamedWithLineAndColumn() throws IOException {
        write("stack.yaml.j2", "a: 1\nb: [1, 2\nc: 3\n");

        assertThatThrownBy(() -> render("stack.yaml.j2", Map.of()))
                .isInstanceOf(RenderException.class)
                .hasMessageMatching("stack.yaml.j2 line \\d+ \\(rendered line 3 column \\d+\\): no valid YAML: .*");
    }

    @Test
    void brokenJsonIsNamedWithLineAndColumn() throws IOException {
        write("a.json.j2", "{\"a\": 1,\n \"b\": yes}");
        write("twice.json.j2", "{\"a\": 1,\n \"a\": 2}");
        write("more.json.j2", "{} {}");

        assertThatThrownBy(() -> render("a.json.j2", Map.of()))
                .hasMessageMatching("a.json.j2 line \\d+ \\(rendered line 2 column \\d+\\): no valid JSON: .*");
        assertThatThrownBy(() -> render("twice.json.j2", Map.of())).hasMessageContaining("Duplicate field 'a'");
        assertThatThrownBy(() -> render("more.json.j2", Map.of())).hasMessageContaining("one value, not 2");
    }

    @Test
    void severalYamlDocumentsAreWellFormed() throws IOException {
        write("many.yaml.j2", "a: 2021-04-16\n---\n!custom b: [1]\n");

        assertThat(render("many.yaml.j2", Map.of())).hasSize(1);
    }

    @Test
    void allErrorsOfAHeatTemplateAreTold() throws IOException {
        write("s.yaml.j2", "heat_template_version: 2021-04-16\nresources: {a: {}}\noutputs: {b: {}}\n");

        assertThatThrownBy(() -> render("s.yaml.j2", Map.of()))
                .hasMessageContaining("resource 'a' has no 'type'")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("s.yaml.j2 line 3 (rendered line 3 column 11): output 'b' has no 'value'"));
    }

    @Test
    void datesInVariablesStayTheTextThatTheyAreWrittenAs() throws IOException {
        write("v.yml", "day: 2021-04-16\n");
        write("t.txt.j2", "{{ day }}");

        written(new RenderRequest("t.txt.j2", null, List.of("v.yml"), Map.of(), Map.of(), Map.of(), false)
                .render(workspace));

        assertThat(workspace.resolve("target/heat/t.txt")).hasContent("2021-04-16");
    }

    @Test
    void aVariableThatIsATemplateItselfIsRefusedUnlessItIsMarkedAsUnsafe() throws IOException {
        write("v.yml", "a: {b: ['x{{ c }}']}\n");
        write("unsafe.yml", "a: !unsafe '{{ c }}'\n");
        write("t.txt.j2", "{{ a }}");

        assertThatThrownBy(() -> written(
                        new RenderRequest("t.txt.j2", null, List.of("v.yml"), Map.of(), Map.of(), Map.of(), false)
                                .render(workspace)))
                .hasMessageStartingWith("v.yml line 1 column 9: a variable's value is a template");
        written(new RenderRequest("t.txt.j2", null, List.of("unsafe.yml"), Map.of(), Map.of(), Map.of(), false)
                .render(workspace));
        assertThat(workspace.resolve("target/heat/t.txt")).hasContent("{{ c }}");
    }

    @Test
    void noTemplateIsOverwritten() throws IOException {
        write("t/a.yaml", "a: 1\n");

        assertThatThrownBy(() -> written(
                        new RenderRequest("t", "t", List.of(), Map.of(), Map.of(), Map.of(), false).render(workspace)))
                .hasMessage("t/a.yaml would be rendered over the template t/a.yaml: choose another 'output' directory");
    }

    @Test
    void everybodyMayReadRenderedFilesAsOthersOfTheWorkspace() throws IOException {
        write("a.txt.j2", "text");
        render("a.txt.j2", Map.of());

        assertThat(Files.getPosixFilePermissions(workspace.resolve("target/heat/a.txt")))
                .isEqualTo(Files.getPosixFilePermissions(workspace.resolve("a.txt.j2")));
    }

    @Test
    void aKeyThatStandsTwiceIsAnError() throws IOException {
        write("stack.yaml.j2", "a: 1\na: 2\n");

        assertThatThrownBy(() -> render("stack.yaml.j2", Map.of())).hasMessageContaining("duplicate key a");
    }

    @Test
    void twoTemplatesForOneFileAreAnError() throws IOException {
        write("t/a.txt", "1");
        write("t/a.txt.j2", "2");

        assertThatThrownBy(() -> render("t", Map.of())).hasMessageContaining("would both become a.txt");
    }

    @Test
    void noTemplateIsReadFromOutsideOfTheWorkspace() throws IOException {
        Files.createSymbolicLink(workspace.resolve("passwd.j2"), Path.of("/etc/passwd"));

        String outside = workspace.relativize(Path.of("/etc/passwd")).toString();

        assertThatThrownBy(() -> render("passwd.j2", Map.of())).hasMessageContaining("outside of the workspace");
        assertThatThrownBy(() -> render(outside, Map.of())).hasMessageContaining("outside of the workspace");
    }

    @Test
    void nothingIsWrittenOutsideOfTheWorkspace() throws IOException {
        write("a.j2", "text");
        Files.createSymbolicLink(workspace.resolve("out"), Path.of("/tmp"));

        assertThatThrownBy(() -> written(
                        new RenderRequest("a.j2", "../elsewhere", List.of(), Map.of(), Map.of(), Map.of(), false)
                                .render(workspace)))
                .hasMessageContaining("outside of the workspace");
        assertThatThrownBy(
                        () -> written(new RenderRequest("a.j2", "out", List.of(), Map.of(), Map.of(), Map.of(), false)
                                .render(workspace)))
                .hasMessageContaining("outside of the workspace");
    }

    @Test
    void aGlobThatMatchesNothingIsAnError() {
        assertThatThrownBy(() -> render("nowhere/*.j2", Map.of()))
                .hasMessage("no template matches 'nowhere/*.j2' in " + workspace);
    }

    private List<RenderedTemplate> render(String template, Map<String, Object> vars) throws IOException {
        return written(new RenderRequest(template, null, List.of(), Map.of(), vars, Map.of(), false).render(workspace));
    }

    private List<RenderedTemplate> written(List<RenderedTemplate> rendered) throws IOException {
        for (RenderedTemplate template : rendered) {
            template.write(workspace, false);
        }
        return rendered;
    }

    @Test
    void aFileWithSecretsIsForItsOwnerAlone() throws IOException {
        write("a.txt.j2", "text");
        render("a.txt.j2", Map.of()).get(0).write(workspace, true);

        assertThat(Files.getPosixFilePermissions(workspace.resolve("target/heat/a.txt")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private void write(String path, String text) throws IOException {
        Path file = workspace.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
