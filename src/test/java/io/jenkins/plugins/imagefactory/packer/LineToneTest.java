package io.jenkins.plugins.imagefactory.packer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On lines that Packer printed. */
class LineToneTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Build 'n2' errored after 11 milliseconds: Script exited with non-zero exit status: 3.",
                "2026-11-21T05:58:59Z: Build 'n2' errored after 10 milliseconds: Script exited",
                "==> q: Timeout waiting for SSH.",
                "==> n2: Provisioning step had errors: Running the cleanup provisioner, if present...",
                "Error: Failed to prepare build: \"q\"",
                "* Output directory 'output-q' already exists. It must not exist.",
                "\t* Plugin host rate limited the plugin getter. Try again in 12m59s.",
                "The builder virtualbox-iso is unknown by Packer, and is likely part of a plugin",
            })
    void seesErrors(String line) {
        assertThat(LineTone.of(line)).isEqualTo(LineTone.ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Warning: Warning when preparing build: \"q\"", "Cancelling build after receiving interrupt"})
    void seesWarnings(String line) {
        assertThat(LineTone.of(line)).isEqualTo(LineTone.WARNING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "    n1: Error: a guest says so",
                "2026-11-21T05:58:59Z:     n1: Error: a guest says so",
                "==> q: Waiting for SSH to become available...",
                "Build 'f' finished after 14 milliseconds 987 microseconds.",
            })
    void leavesTheRestAlone(String line) {
        assertThat(LineTone.of(line)).isEqualTo(LineTone.PLAIN);
    }
}
