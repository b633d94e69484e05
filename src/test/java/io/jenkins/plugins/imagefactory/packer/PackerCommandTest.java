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
                true);

        assertThat(command.build())
                .containsExactly(
                        "packer",
                        "build",
                        "-color=false",
                        "-force",
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
}
