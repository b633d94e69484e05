package io.jenkins.plugins.imagefactory.fuzz;

import io.jenkins.plugins.imagefactory.image.QemuImgOutput;
import io.jenkins.plugins.imagefactory.packer.LineTone;
import io.jenkins.plugins.imagefactory.packer.PackerHint;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import io.jenkins.plugins.imagefactory.packer.PackerVersion;
import io.jenkins.plugins.imagefactory.packer.TemplateSummary;
import io.jenkins.plugins.imagefactory.packer.TemplateSyntax;
import io.jenkins.plugins.imagefactory.packer.TerminalLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads any bytes as what Packer and qemu-img print: in whatever pieces they come, as the same lines. */
public final class PackerOutputTarget {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int SMALL_PIECE = 7;
    private static final int MOST_TEXT = 1 << 20;
    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");

    private PackerOutputTarget() {}

    /** What Jazzer calls, again and again. */
    public static void fuzzerTestOneInput(byte[] input) {
        Expectation.ends(TIME, () -> {
            List<String> lines = lines(input, input.length + 1);
            Expectation.holds(lines.equals(lines(input, SMALL_PIECE)), "pieces are other lines than the whole");
            readBuild(lines);
            readOthers(new String(input, StandardCharsets.UTF_8));
            new QemuImgOutput(percent -> {}, line -> {}).write(input);
        });
    }

    private static List<String> lines(byte[] input, int piece) throws IOException {
        List<String> lines = new ArrayList<>();
        try (TerminalLines cut = new TerminalLines(
                (text, length, ended) -> lines.add(new String(text, 0, length, StandardCharsets.UTF_8)))) {
            for (int start = 0; start < input.length; start += piece) {
                cut.write(input, start, Math.min(piece, input.length - start));
            }
        }
        return lines;
    }

    private static void readBuild(List<String> lines) {
        PackerOutput output = new PackerOutput();
        PackerHint.Finder hints = new PackerHint.Finder();
        Instant time = START;
        for (String line : lines) {
            time = time.plusSeconds(1);
            output.accept(line, time);
            LineTone.of(line);
            hints.find(line);
        }
        long text = output.builds().stream()
                        .mapToLong(build -> build.name().length()
                                + (build.error() == null ? 0 : build.error().length()))
                        .sum()
                + output.artifacts().stream()
                        .mapToLong(artifact -> artifact.description().length())
                        .sum();
        Expectation.holds(text < MOST_TEXT, "more is kept than was printed");
        output.builds().forEach(build -> Expectation.holds(!build.duration().isNegative(), "a negative time"));
    }

    private static void readOthers(String text) {
        TemplateSummary.parse(text);
        PackerVersion.parse(text).ifPresent(version -> version.canInitialise(TemplateSyntax.HCL2));
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        """
                        ==> f1: Running local shell script: /tmp/packer-shell287589181
                            f1: hello, with commas, from f1
                        Build 'f1' finished after 23 milliseconds 805 microseconds.
                        Build 'bad1' errored after 9 milliseconds: Script exited with non-zero exit status: 3.
                        more of it
                        ==> Some builds didn't complete successfully and had errors:
                        --> bad1: Script exited with non-zero exit status: 3.Allowed exit codes are: [0]
                        ==> Builds finished. The artifacts of successful builds are:
                        --> f1: Stored file: out-f1.txt
                        --> f1: Created artifact from files: out-f1.txt
                        --> tiny: VM files in directory: output-tiny
                        --> openstack: An image was created: 4c71a667-a1b6-4e36-8c7c-976d2032879d
                        """,
                        "2026-12-01T00:00:00Z: ==> qemu.tiny: Waiting for SSH to become available...\r10%\r20%\n",
                        "Cancelling build after receiving interrupt\n==> x (y): Starting VM\nBuild was cancelled.\n",
                        "1612345678,,ui,say,==> f1: Provisioning%!(PACKER_COMMA) hello\n1612345678,,version,1.6.6\n",
                        "Packer v1.11.2\n\nYour version of Packer is out of date!\n",
                        "Variables:\n\n  a = b\n\nBuilders:\n\n  one (qemu)\n  two\n",
                        "> input-variables:\n\nvar.size: \"1\"\n\n  > sources:\n\n      qemu.tiny\n",
                        "    (0.00/100%)\r    (12.50/100%)\rqemu-img: no such file\n",
                        "Error: Missing plugins\n * qemu\nWarning: deprecated\n1 error(s) occurred:\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
