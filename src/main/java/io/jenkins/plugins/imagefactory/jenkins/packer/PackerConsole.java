package io.jenkins.plugins.imagefactory.jenkins.packer;

import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.LineTone;
import io.jenkins.plugins.imagefactory.packer.PackerHint;
import io.jenkins.plugins.imagefactory.packer.TerminalLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Shows what Packer prints: as it is, save that secrets are masked, that errors and warnings have a colour, and that a
 * hint stands under what has a known way out.
 */
final class PackerConsole extends OutputStream {
    private final TerminalLines lines = new TerminalLines(this::show);
    private final OutputStream console;
    private final UnaryOperator<String> mask;
    private final Map<LineTone, String> notes;
    private final PackerHint.Finder hints = new PackerHint.Finder();
    private final Reader reader;
    private boolean inLine;
    private volatile Instant lastOutput = Instant.now();

    /** Reads along, what is masked already. */
    interface Reader {
        /** @param line without its end; a piece of it if {@code ended} is false */
        void line(byte[] line, int length, String text, boolean ended, Instant time) throws IOException;
    }

    /** @param mask of secrets that the build itself does not mask */
    PackerConsole(BuildContext build, UnaryOperator<String> mask, Reader reader) throws IOException {
        this.console = build.listener().getLogger();
        this.mask = mask;
        this.notes = ToneNotes.encoded();
        this.reader = reader;
    }

    @Override
    public synchronized void write(int octet) throws IOException {
        lines.write(octet);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        if (count > 0) {
            lastOutput = Instant.now();
        }
        lines.write(bytes, offset, count);
    }

    @Override
    public void flush() throws IOException {
        console.flush();
    }

    /** Shows a last line that had no end; the build's console stays open. */
    @Override
    public synchronized void close() throws IOException {
        lines.close();
        console.flush();
    }

    /** When something was printed last; at first, when this was made. */
    Instant lastOutput() {
        return lastOutput;
    }

    private void show(byte[] bytes, int length, boolean ended) throws IOException {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        String masked = mask.apply(text);
        byte[] shown = masked.equals(text) ? bytes : masked.getBytes(StandardCharsets.UTF_8);
        int shownLength = masked.equals(text) ? length : shown.length;
        LineTone tone = inLine ? LineTone.PLAIN : LineTone.of(masked);
        print(notes.getOrDefault(tone, ""), shown, shownLength, ended);
        reader.line(shown, shownLength, masked, ended, Instant.now());
        if (tone == LineTone.ERROR && ended) {
            hint(masked);
        }
        inLine = !ended;
    }

    /** In one piece, so that what runs in parallel does not come between. */
    private void print(String note, byte[] line, int length, boolean ended) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(note.length() + length + 1);
        whole.writeBytes(note.getBytes(StandardCharsets.US_ASCII));
        whole.write(line, 0, length);
        if (ended) {
            whole.write('\n');
        }
        console.write(whole.toByteArray());
    }

    private void hint(String line) throws IOException {
        Optional<PackerHint> hint = hints.find(line);
        if (hint.isPresent()) {
            byte[] text = ("[packer] Hint: " + hint.get().text()).getBytes(StandardCharsets.UTF_8);
            print(notes.getOrDefault(LineTone.WARNING, ""), text, text.length, true);
        }
    }
}
