package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** packerValidate with Debian's Packer. */
class PackerValidateStepIT {
    private static final String HCL2 = """
            variable "name" {
              type = string
            }

            source "null" "one" {
              communicator = "none"
            }

            build {
              sources = ["source.null.one"]
            }
            """;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private LocalBuild build;

    @BeforeEach
    void prepareABuild() throws IOException {
        build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
    }

    @Test
    void tellsWhatAValidTemplateHas() throws IOException {
        write("web.pkr.hcl", HCL2);

        run(
                "def t = packerValidate template: 'web.pkr.hcl', vars: [name: 'x']; echo \"${t.valid} ${t.variables} ${t.builders}\"");

        assertThat(console()).contains("true [name] [[name:null.one, type:null]]");
    }

    @Test
    void readsJsonToo() throws IOException {
        write("web.json", "{\"builders\": [{\"type\": \"null\", \"name\": \"n\", \"communicator\": \"none\"}]}");

        run("echo \"builders ${packerValidate('web.json').builders}\"");

        assertThat(console()).contains("builders [[name:n, type:null]]");
    }

    @Test
    void aTemplateThatPackerRefusesFailsWithPackersReasonAbove() throws IOException {
        write("web.pkr.hcl", HCL2);

        assertThatThrownBy(() -> run("packerValidate 'web.pkr.hcl'"))
                .hasMessage("template 'web.pkr.hcl': Packer finds it invalid; the reasons stand above");
        assertThat(console()).contains("name");
    }

    @Test
    void aTemplateThatIsNotFormattedFailsAndTheConsoleShowsWhatDiffers() throws IOException {
        write("web.pkr.hcl", HCL2.replace("  sources", "sources"));

        assertThatThrownBy(() -> run("packerValidate template: 'web.pkr.hcl', vars: [name: 'x']"))
                .hasMessage(
                        "template 'web.pkr.hcl': it is not formatted as 'packer fmt' does; the reasons stand above");
        assertThat(console()).contains("+  sources = [\"source.null.one\"]");

        run("packerValidate template: 'web.pkr.hcl', vars: [name: 'x'], format: false");
    }

    @Test
    void warningsOfPackerAreMessages() throws IOException {
        write("vm.json", """
                {"builders": [{"type": "qemu", "iso_url": "d.img", "iso_checksum": "none", "communicator": "none"}]}
                """);

        run("echo \"messages ${packerValidate('vm.json').messages}\"");

        assertThat(console()).contains("messages [Warning: ");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(build.workspace().resolve(name), text);
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
