package io.jenkins.plugins.imagefactory.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackerCommandTest {

    @Test
    void passesEveryParameterAsAnArgumentOfItsOwn() {
        PackerCommand command = new PackerCommand(
                "packer",
                "my image.json",
                Map.of("greeting", "it's $HOME; rm -rf /"),
                List.of("site.json", "os.json"),
                List.of("qemu", "null"),
                List.of("aws"),
                new PackerCommand.Options(true, "abort", 2, true));

        assertThat(command.build())
                .containsExactly(
                        "packer",
                        "build",
                        "-color=false",
                        "-force",
                        "-on-error=abort",
                        "-parallel-builds=2",
                        "-timestamp-ui",
                        "-only=qemu,null",
                        "-except=aws",
                        "-var-file=site.json",
                        "-var-file=os.json",
                        "-var",
                        "greeting=it's $HOME; rm -rf /",
                        "my image.json");
    }

    @Test
    void knowsHashiCorpsPackerByItsVersionLine() {
        assertThat(PackerVersion.parse("Packer v1.6.6\n\nYour version of Packer is out of date!"))
                .contains(new PackerVersion("1.6.6"));
        assertThat(PackerVersion.parse("skipping line: 1\n0 0\n")).isEmpty();
    }

    @Test
    void asksForNothingThatIsNotSaid() {
        PackerCommand command = new PackerCommand(
                "packer", "image.pkr.hcl", Map.of(), List.of(), List.of(), List.of(), PackerCommand.Options.DEFAULT);

        assertThat(command.build()).containsExactly("packer", "build", "-color=false", "image.pkr.hcl");
        assertThat(command.init()).containsExactly("packer", "init", "image.pkr.hcl");
    }

    @Test
    void tellsHcl2FromJson() {
        assertThat(hcl2("web.pkr.hcl", false)).isTrue();
        assertThat(hcl2("web.pkr.json", false)).isTrue();
        assertThat(hcl2("web", true)).isTrue();
        assertThat(hcl2("web.json", false)).isFalse();
    }

    private static boolean hcl2(String template, boolean directory) {
        return new PackerCommand(
                        "packer", template, Map.of(), List.of(), List.of(), List.of(), PackerCommand.Options.DEFAULT)
                .isHcl2(directory);
    }

    @Test
    void comparesVersionsByNumberAndNotByText() {
        assertThat(new PackerVersion("1.6.6").isAtLeast(1, 7)).isFalse();
        assertThat(new PackerVersion("1.7.0-dev").isAtLeast(1, 7)).isTrue();
        assertThat(new PackerVersion("1.14.2").isAtLeast(1, 7)).isTrue();
        assertThat(new PackerVersion("2.0.0").isAtLeast(1, 7)).isTrue();
    }
}
