package io.jenkins.plugins.imagefactory.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On lines that Packer 1.6.6 printed. */
class PackerOutputTest {

    @Test
    void readsTheEndOfEveryBuild() {
        PackerOutput output = read("""
                Build 'f1' finished after 23 milliseconds 805 microseconds.
                Build 'qemu.tiny' finished after 1 minute 2 seconds.
                Build 'bad1' errored after 9 milliseconds 578 microseconds: Script exited with non-zero exit status: 3.Allowed exit codes are: [0]
                """);

        assertThat(output.builds())
                .containsExactly(
                        new PackerBuild("f1", Duration.ofNanos(23_805_000), null),
                        new PackerBuild("qemu.tiny", Duration.ofSeconds(62), null),
                        new PackerBuild(
                                "bad1",
                                Duration.ofNanos(9_578_000),
                                "Script exited with non-zero exit status: 3.Allowed exit codes are: [0]"));
    }

    @Test
    void readsTheArtifactsAndNotTheErrorsThatLookLikeThem() {
        PackerOutput output = read("""
                ==> Some builds didn't complete successfully and had errors:
                --> bad1: Script exited with non-zero exit status: 3.Allowed exit codes are: [0]

                ==> Builds finished. The artifacts of successful builds are:
                --> f1: Stored file: out-f1.txt
                --> f1: Created artifact from files: out-f1.txt, more.txt
                --> tiny: VM files in directory: output-tiny
                --> tiny: VM files in directory: output-tiny
                --> openstack: An image was created: 4c71a667-a1b6-4e36-8c7c-976d2032879d
                """);

        assertThat(output.artifacts())
                .containsExactly(
                        new PackerArtifact("f1", "Stored file: out-f1.txt", null, List.of("out-f1.txt"), null),
                        new PackerArtifact(
                                "f1",
                                "Created artifact from files: out-f1.txt, more.txt",
                                null,
                                List.of("out-f1.txt", "more.txt"),
                                null),
                        new PackerArtifact(
                                "tiny", "VM files in directory: output-tiny", null, List.of(), "output-tiny"),
                        new PackerArtifact(
                                "openstack",
                                "An image was created: 4c71a667-a1b6-4e36-8c7c-976d2032879d",
                                "4c71a667-a1b6-4e36-8c7c-976d2032879d",
                                List.of(),
                                null));
    }

    @Test
    void believesNoGuestThatPrintsTheWordsOfPacker() {
        PackerOutput output = read("""
                    f1: Build 'f1' finished after 1 second.
                ==> f1: --> f1: VM files in directory: /etc
                """);

        assertThat(output.builds()).isEmpty();
        assertThat(output.artifacts()).isEmpty();
    }

    @Test
    void readsLinesWithATimestamp() {
        PackerOutput output = read("2026-11-21T01:02:03Z: Build 'f1' finished after 2 seconds.\n");

        assertThat(output.builds()).containsExactly(new PackerBuild("f1", Duration.ofSeconds(2), null));
    }

    private static PackerOutput read(String text) {
        PackerOutput output = new PackerOutput();
        text.lines().forEach(output::accept);
        return output;
    }
}
