package io.jenkins.plugins.imagefactory.packer;

import static io.jenkins.plugins.imagefactory.packer.PackerBuild.Status.CANCELLED;
import static io.jenkins.plugins.imagefactory.packer.PackerBuild.Status.FAILURE;
import static io.jenkins.plugins.imagefactory.packer.PackerBuild.Status.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On lines that Packer printed: 1.6.6 unless the test says otherwise. */
class PackerOutputTest {
    private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");

    @Test
    void readsTheEndOfEveryBuild() {
        PackerOutput output = read("""
                Build 'f1' finished after 23 milliseconds 805 microseconds.
                Build 'qemu.tiny' finished after 1 minute 2 seconds.
                Build 'bad1' errored after 9 milliseconds 578 microseconds: Script exited with non-zero exit status: 3.Allowed exit codes are: [0]
                """);

        assertThat(output.builds())
                .containsExactly(
                        new PackerBuild("f1", SUCCESS, Duration.ofNanos(23_805_000), null, List.of(), List.of()),
                        new PackerBuild("qemu.tiny", SUCCESS, Duration.ofSeconds(62), null, List.of(), List.of()),
                        new PackerBuild(
                                "bad1",
                                FAILURE,
                                Duration.ofNanos(9_578_000),
                                "Script exited with non-zero exit status: 3. Allowed exit codes are: [0]",
                                List.of(),
                                List.of()));
    }

    @Test
    void aBuildThatFailedTellsWhatItPrintedLastAndNotHowPackerCleanedUp() {
        PackerOutput output = read("""
                ==> qemu.web: Provisioning with shell script: setup.sh
                    qemu.web: one
                    qemu.web: two
                    openstack.db: of another build
                    qemu.web: three
                    qemu.web: four
                    qemu.web: five
                ==> qemu.web: sh: 1: installl: not found
                ==> qemu.web: Provisioning step had errors: Running the cleanup provisioner, if present...
                ==> qemu.web: Deleting output directory...
                Build 'qemu.web' errored after 9 seconds: Script exited with non-zero exit status: 127.Allowed exit codes are: [0]
                Build 'openstack.db' finished after 9 seconds.
                """);

        assertThat(output.builds())
                .extracting(PackerBuild::lastLines)
                .containsExactly(List.of("two", "three", "four", "five", "sh: 1: installl: not found"), List.of());
    }

    @Test
    void readsVersionsThatPrintNoDuration() {
        PackerOutput output = read("""
                Build 'openstack' finished.
                Build 'qemu' errored: Error converting hard drive: QemuImg error: qemu-img: Could not open 'output/web': Failed to get shared "write" lock
                Is another process using the image?
                """);

        assertThat(output.builds())
                .extracting(PackerBuild::name, PackerBuild::status, PackerBuild::error)
                .containsExactly(
                        tuple("openstack", SUCCESS, null),
                        tuple(
                                "qemu",
                                FAILURE,
                                "Error converting hard drive: QemuImg error: qemu-img: Could not open 'output/web': Failed to get shared \"write\" lock Is another process using the image?"));
    }

    @Test
    void joinsAnErrorOfSeveralLines() {
        PackerOutput output = read("""
                Build 'q' errored after 2 seconds: 2 errors occurred:
                	* the disk is full
                	* the guest is gone

                ==> Some builds didn't complete successfully and had errors:
                --> q: 2 errors occurred:
                	* the disk is full
                """);

        assertThat(output.builds())
                .extracting(PackerBuild::error)
                .containsExactly("2 errors occurred: * the disk is full * the guest is gone");
    }

    @Test
    void aBuildThatWasCancelledDidNotSucceedThoughPackerSaysThatItFinished() {
        PackerOutput output = read("""
                Build 'early' finished after 1 second.
                Cancelling build after receiving interrupt
                Build 'n1' finished after 1 second 911 milliseconds.
                Build 'qemu' errored after 2 seconds 40 milliseconds: Build was cancelled.

                ==> Wait completed after 1 second 911 milliseconds
                Cleanly cancelled builds after being interrupted.
                """);

        assertThat(output.cancelled()).isTrue();
        assertThat(output.builds()).extracting(PackerBuild::status).containsExactly(SUCCESS, CANCELLED, CANCELLED);
    }

    @Test
    void timesTheStepsOfEachBuild() {
        PackerOutput output = new PackerOutput();
        long seconds = 0;
        for (String line : """
                ==> q: Retrieving ISO
                ==> q: /tmp/d.img => /tmp/d.img
                ==> n: Running local shell script: /tmp/packer-shell1
                ==> q: Waiting for SSH to become available...
                    q: Waiting is what a guest says
                Build 'n' finished after 3 seconds.
                ==> q: Converting hard drive...
                Build 'q' finished after 7 seconds.
                """.lines().toList()) {
            output.accept(line, START.plusSeconds(seconds++));
        }

        assertThat(output.builds().get(0).steps())
                .containsExactly(
                        new PackerStep("Running local shell script: /tmp/packer-shell1", Duration.ofSeconds(3)));
        assertThat(output.builds().get(1).steps())
                .containsExactly(
                        new PackerStep("Retrieving ISO", Duration.ofSeconds(3)),
                        new PackerStep("Waiting for SSH to become available", Duration.ofSeconds(3)),
                        new PackerStep("Converting hard drive", Duration.ofSeconds(1)));
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
    void readsAnArtifactOfSeveralLines() {
        PackerOutput output = read("""
                ==> Builds finished. The artifacts of successful builds are:
                --> amazon-ebs: AMIs were created:
                us-east-1: ami-0f0a3d1f8a1c2b3d4

                --> tiny: VM files in directory: output-tiny
                """);

        assertThat(output.artifacts())
                .extracting(PackerArtifact::id, PackerArtifact::directory)
                .containsExactly(tuple("ami-0f0a3d1f8a1c2b3d4", null), tuple(null, "output-tiny"));
    }

    @Test
    void countsWhatAPostProcessorDoesAsAStepOfItsBuild() {
        PackerOutput output = read("""
                ==> vmware-iso: Running post-processor: vagrant
                ==> vmware-iso (vagrant): Creating Vagrant box for 'vmware' provider
                Build 'vmware-iso' finished after 7 minutes 2 seconds.
                """);

        assertThat(output.builds().get(0).steps())
                .extracting(PackerStep::name)
                .containsExactly("Running post-processor: vagrant", "Creating Vagrant box for 'vmware' provider");
    }

    @Test
    void believesNoGuestThatPrintsTheWordsOfPacker() {
        PackerOutput output = read("""
                    f1: Build 'f1' finished after 1 second.
                ==> f1: --> f1: VM files in directory: /etc
                2026-11-21T01:02:03Z:     f1: Build 'f1' finished after 1 second.
                """);

        assertThat(output.builds()).isEmpty();
        assertThat(output.artifacts()).isEmpty();
    }

    @Test
    void readsLinesWithATimestamp() {
        PackerOutput output = read("2026-11-21T01:02:03Z: Build 'f1' finished after 2 seconds.\n");

        assertThat(output.builds())
                .containsExactly(new PackerBuild("f1", SUCCESS, Duration.ofSeconds(2), null, List.of(), List.of()));
    }

    @Test
    void whateverAProgramPrintsNoMoreThanAThousandBuildsAndArtifactsAreKept() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append("Build 'b%d' finished after 99999999999999999999 hours.\n".formatted(i));
        }
        text.append("==> Builds finished. The artifacts of successful builds are:\n");
        for (int i = 0; i < 3000; i++) {
            text.append("--> b%d: an artifact\n".formatted(i));
        }

        PackerOutput output = read(text.toString());

        assertThat(output.builds()).hasSize(1000);
        assertThat(output.artifacts()).hasSize(1000);
    }

    @Test
    void ofALineThatIsTooLongTheBeginningCounts() {
        PackerOutput output = read("Build 'b' errored after 1 second: " + "x".repeat(10_000_000) + "\n");

        assertThat(output.builds())
                .singleElement()
                .satisfies(build -> assertThat(build.error()).startsWith("xxx").hasSizeLessThan(20_000));
    }

    private static PackerOutput read(String text) {
        PackerOutput output = new PackerOutput();
        text.lines().forEach(line -> output.accept(line, START));
        return output;
    }
}
