package io.jenkins.plugins.imagefactory.heat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a template knows of itself, beside what Ansible's template module tells it. */
class TemplateVariablesIT {
    private static final String TEMPLATE = """
            # {{ ansible_managed }}
            {{ template_host }} {{ template_uid }} {{ template_path | basename }} {{ template_fullpath }}
            {{ template_destpath | basename }} {{ template_mtime.strftime('%Y-%m-%d %H:%M:%S') }}
            {{ template_run_date.year }} {{ template_run_date | type_debug }} {{ lookup('varnames', '^template_') }}
            {{ lookup('template', 'other.j2') }}
            """;

    @TempDir
    Path workspace;

    @Test
    void aTemplateKnowsOfItselfWhatAnsiblesTemplateModuleTellsIt() throws IOException, InterruptedException {
        write("t.txt.j2", TEMPLATE);
        write(
                "other.j2",
                "{{ ansible_managed }} {{ template_path }} {{ template_fullpath | basename }} {{ template_destpath is none }}");
        write("vars.yml", "ansible_managed: mine\n");
        write("play.yml", """
                - hosts: localhost
                  connection: local
                  gather_facts: false
                  vars_files: [vars.yml]
                  tasks:
                    - template: {src: t.txt.j2, dest: ansible/t.txt}
                """);
        Files.createDirectory(workspace.resolve("ansible"));
        Process ansible = new ProcessBuilder("ansible-playbook", "play.yml")
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(ansible.getInputStream().readAllBytes());
        assertThat(ansible.waitFor()).as(said).isZero();

        List<RenderedTemplate> rendered = new RenderRequest(
                        "t.txt.j2", "out", List.of("vars.yml"), Map.of(), Map.of(), Map.of(), false)
                .render(workspace);

        assertThat(rendered.get(0).text()).isEqualTo(Files.readString(workspace.resolve("ansible/t.txt")));
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(workspace.resolve(path), text);
    }
}
