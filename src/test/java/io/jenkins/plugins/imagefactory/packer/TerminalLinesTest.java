package io.jenkins.plugins.imagefactory.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalLinesTest {
    private final List<String> lines = new ArrayList<>();
    private final TerminalLines terminal = new TerminalLines((text, length, ended) ->
            lines.add(new String(text, 0, length, StandardCharsets.UTF_8) + (ended ? "" : "…")));

    @Test
    void passesLinesOnAsTheyAre() throws IOException {
        write("one\n\n  50% done, \u001b[31mred\u001b[0m ü\n");

        assertThat(lines).containsExactly("one", "", "  50% done, \u001b[31mred\u001b[0m ü");
    }

    @Test
    void keepsOfAProgressBarWhatATerminalShowsInTheEnd() throws IOException {
        write("disk: 10%\rdisk: 50%\rdisk: 100%\ndone\n");

        assertThat(lines).containsExactly("disk: 100%", "done");
    }

    @Test
    void takesTheLineEndsOfWindows() throws IOException {
        write("one\r\ntwo\r\n");

        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void passesOnALastLineWithoutItsEnd() throws IOException {
        write("one\ntwo");
        terminal.close();

        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void cutsALineWithoutEndIntoPiecesThatFitIntoMemory() throws IOException {
        write("x".repeat(10_000_000) + "\n");

        assertThat(lines).hasSize(153).allMatch(piece -> piece.length() <= 64 * 1024 + 1);
        assertThat(String.join("", lines).replace("…", "")).hasSize(10_000_000);
    }

    @Test
    void keepsBytesThatAreNoText() throws IOException {
        List<byte[]> kept = new ArrayList<>();
        try (TerminalLines raw =
                new TerminalLines((text, length, ended) -> kept.add(java.util.Arrays.copyOf(text, length)))) {
            raw.write(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', '\n'});
        }

        assertThat(kept).containsExactly(new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});
    }

    private void write(String text) throws IOException {
        terminal.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
