package io.jenkins.plugins.imagefactory.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackerCommandTest {
    private static final PackerVersion OLD = new PackerVersion("1.5.6");
    private static final PackerVersion DEBIAN = new PackerVersion("1.6.6");
    private static final PackerVersion NEW = new PackerVersion("1.15.0-dev");

    private final PackerCommand command = new PackerCommand(
            "packer",
            "my image.json",
            Map.of("greeting", "it's $HOME; rm -rf /"),
            List.of("site.json", "os.json"),
            List.of("qemu", "null"),
            List.of("aws"));

    @Test
    void passesEveryParameterAsAnArgumentOfItsOwn() {
        assertThat(command.build(new BuildOptions(true, "abort", 2, true)))
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
    void leavesOutWhatIsPackersDefault() {
        PackerCommand plain = new PackerCommand("packer", "a", Map.of(), List.of(), List.of(), List.of());

        assertThat(plain.build(new BuildOptions(false, null, 0, false)))
                .containsExactly("packer", "build", "-color=false", "a");
    }

    @Test
    void inspectsWithTheValuesThatTheVersionTakes() {
        assertThat(command.inspect(DEBIAN)).containsExactly("packer", "inspect", "my image.json");
        assertThat(command.inspect(NEW)).contains("-var-file=site.json");
    }

    @Test
    void knowsHashiCorpsPackerByItsVersionLine() {
        assertThat(PackerVersion.parse("Packer v1.6.6\n\nYour version of Packer is out of date!"))
                .contains(DEBIAN);
        assertThat(PackerVersion.parse("skipping line: 1\n0 0\n")).isEmpty();
    }

    @Test
    void theVersionDecidesWhatIsOffered() {
        assertThat(OLD.canValidate(TemplateSyntax.HCL2)).isFalse();
        assertThat(OLD.canValidate(TemplateSyntax.JSON)).isTrue();
        assertThat(DEBIAN.canInitialise(TemplateSyntax.HCL2)).isFalse();
        assertThat(DEBIAN.canFormat(TemplateSyntax.HCL2)).isTrue();
        assertThat(NEW.canInitialise(TemplateSyntax.HCL2)).isTrue();
        assertThat(NEW.canInitialise(TemplateSyntax.JSON)).isFalse();
        assertThat(NEW.canFormat(TemplateSyntax.JSON)).isFalse();
    }

    @Test
    void tellsTheLanguageOfATemplateAsPackerDoes() {
        assertThat(TemplateSyntax.of("web.json", false)).isEqualTo(TemplateSyntax.JSON);
        assertThat(TemplateSyntax.of("web.pkr.json", false)).isEqualTo(TemplateSyntax.HCL2);
        assertThat(TemplateSyntax.of("web.pkr.hcl", false)).isEqualTo(TemplateSyntax.HCL2);
        assertThat(TemplateSyntax.of("web", true)).isEqualTo(TemplateSyntax.HCL2);
    }
}
