package io.jenkins.plugins.imagefactory.image.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialConsoleTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void findsAPromptThatHasNoLineEnd() {
        SerialConsole console = console("login:");

        show(console, "Debian GNU/Linux 12 web ttyS0\r\n\r\nweb lo");
        assertThat(console.found()).isEmpty();
        show(console, "gin: ");

        assertThat(console.found()).hasValue("web login:");
        assertThat(lines).containsExactly("Debian GNU/Linux 12 web ttyS0", "");
    }

    @Test
    void seesNoColoursNorCursorMovements() {
        SerialConsole console = console("OK  .*Started");

        show(console, "\u001b[2J\u001b[1;1H[\u001b[0;32m  OK  \u001b[0m] Started \u001b[0;1;39mssh.service\u001b[0m\n");
        show(console, "\u001b]0;title\u0007\u001b7 end\u001b(B\n");

        assertThat(console.found()).hasValue("[  OK  ] Started ssh.service");
        assertThat(lines).containsExactly("[  OK  ] Started ssh.service", " end");
    }

    @Test
    void readsALetterThatComesInTwoPieces() {
        SerialConsole console = console("grün");
        byte[] text = "alles grün".getBytes(StandardCharsets.UTF_8);

        console.accept(new byte[] {text[0], text[1], text[2], text[3], text[4], text[5], text[6], text[7], text[8]});
        console.accept(new byte[] {text[9], text[10]});
        console.close();

        assertThat(console.found()).hasValue("alles grün");
        assertThat(lines).containsExactly("alles grün");
    }

    @Test
    void cutsALineThatDoesNotEnd() {
        SerialConsole console = console("never");

        show(console, "x".repeat(200_000));

        assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line).hasSize(65_536));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [    2.1] Kernel panic - not syncing: VFS: Unable to mount root fs | its kernel panicked ('Kernel panic - not syncing: VFS: Unable to mount root fs')
            You are in emergency mode. After logging in, type "journalctl -xb" | systemd went into emergency mode ('You are in emergency mode')
            (initramfs)  | its initial RAM disk did not find the root file system and waits in a shell ('(initramfs)')
            grub rescue> | GRUB did not find its configuration and waits in a shell ('grub rescue>')
            """)
    void knowsABootThatHasFailedForGood(String line, String meaning) {
        SerialConsole console = console("login:");

        show(console, "something else\n" + line);

        assertThat(console.trouble()).hasValue("does not boot: " + meaning);
    }

    @Test
    void seesNoTroubleInWhatOnlySpeaksOfIt() {
        SerialConsole console = console("login:");

        show(console, "Command line: root=/dev/vda1 panic=5\nsysctl: kernel.panic = 10\n");

        assertThat(console.trouble()).isEmpty();
    }

    @Test
    void anExpressionThatTheGuestMakesSearchForEverIsGivenUp() {
        ExpectedLine endless = new ExpectedLine(Pattern.compile("(.*,)*never(.*,)*$"), Duration.ofMillis(50));
        SerialConsole console = new SerialConsole(endless, lines::add);

        show(console, ",".repeat(60_000) + "\n");

        assertThat(console.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble)
                        .startsWith("writes lines on which 'expect' ('(.*,)*never(.*,)*$') takes more than 0 s"));
    }

    private SerialConsole console(String expected) {
        return new SerialConsole(new ExpectedLine(Pattern.compile(expected)), lines::add);
    }

    private static void show(SerialConsole console, String text) {
        console.accept(text.getBytes(StandardCharsets.UTF_8));
    }
}
