package io.jenkins.plugins.imagefactory.packer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackerHintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    OUTPUT_EXISTS        | * Output directory 'output-q' already exists. It must not exist.
                    PLUGIN_NOT_INSTALLED | The following plugins are required, but not installed:
                    PLUGIN_NOT_NAMED     | The builder virtualbox-iso is unknown by Packer, and is likely part of a plugin
                    RATE_LIMIT           | * Plugin host rate limited the plugin getter. Try again in 12m59.953283047s.
                    RATE_LIMIT           | no release version found for the github.com/hashicorp/amazon plugin matching
                    QEMU_MISSING         | Build 'q' errored after 494 microseconds: Failed creating Qemu driver: exec: "qemu-system-x86_64": executable file not found in $PATH
                    SSH_TIMEOUT          | ==> q: Timeout waiting for SSH.
                    """)
    void knowsTheWayOut(PackerHint hint, String line) {
        assertThat(LineTone.of(line)).isEqualTo(LineTone.ERROR);
        assertThat(new PackerHint.Finder().find(line)).contains(hint);
    }

    @Test
    void saysEachThingOnce() {
        PackerHint.Finder hints = new PackerHint.Finder();

        assertThat(hints.find("==> q: Timeout waiting for SSH.")).isPresent();
        assertThat(hints.find("Build 'q' errored after 5 seconds: Timeout waiting for SSH."))
                .isEmpty();
    }
}
