package io.jenkins.plugins.imagefactory.jenkins.process;

import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.TerminalLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Shows what a program prints: as it is, save that secrets are masked and remarks are added. */
public final class ProgramConsole extends OutputStream {
    private final OutputStream masked;
    private final OutputStream console;
    private final LineRemarks remarks;
    private final Reader reader;
    private boolean inLine;
    private volatile long lastOutput = System.nanoTime();

    /** Reads along, what is masked already. */
    public interface Reader {
        /** @param line without its end; a piece of it if {@code ended} is false */
        void line(byte[] line, int length, String text, boolean ended, Instant time) throws IOException;
    }

    public ProgramConsole(BuildContext build, LineRemarks remarks, Reader reader) {
        this.masked = build.masking().stream(new TerminalLines(this::show));
        this.console = build.console().listener().getLogger();
        this.remarks = remarks;
        this.reader = reader;
    }

    @Override
    public synchronized void write(int octet) throws IOException {
        masked.write(octet);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        if (count > 0) {
            lastOutput = System.nanoTime();
        }
        masked.write(bytes, offset, count);
    }

    @Override
    public void flush() throws IOException {
        console.flush();
    }

    /** Shows a last line that had no end; the build's console stays open. */
    @Override
    public synchronized void close() throws IOException {
        masked.close();
        console.flush();
    }

    /** When something was printed last, by the clock of {@link System#nanoTime}; at first, when this was made. */
    long lastOutput() {
        return lastOutput;
    }

    /** How long nothing has been printed. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastOutput);
    }

    private void show(byte[] bytes, int length, boolean ended) throws IOException {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        LineRemarks.Remark remark = inLine ? LineRemarks.Remark.NONE : remarks.on(text);
        print(remark.before(), bytes, length, ended);
        reader.line(bytes, length, text, ended, Instant.now());
        String more = remark.under();
        if (more != null && ended) {
            byte[] under = more.getBytes(StandardCharsets.UTF_8);
            print("", under, under.length, true);
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
}
