package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.console.LineTransformationOutputStream;
import io.jenkins.plugins.imagefactory.packer.PackerHints;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Passes Packer's output on, line by line: to the console as it is, to the log file with its time, and to the readers. Of a line that overwrites itself by carriage returns only the last state is kept.
 */
final class PackerConsole extends LineTransformationOutputStream {
    private final OutputStream console;
    private final OutputStream logFile;
    private final PackerOutput reader;
    private final PackerHints hints;
    private byte[] pending;
    private volatile long lastLine = System.nanoTime();

    PackerConsole(OutputStream console, OutputStream logFile, PackerOutput reader, PackerHints hints) {
        this.console = console;
        this.logFile = logFile;
        this.reader = reader;
        this.hints = hints;
    }

    /** For how long nothing was printed. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastLine);
    }

    /** A line that ends in a carriage return alone is about to be overwritten. */
    @Override
    protected void eol(byte[] line, int length) throws IOException {
        lastLine = System.nanoTime();
        boolean overwritten = length > 0 && line[length - 1] == '\r';
        pending = overwritten ? Arrays.copyOf(line, length) : null;
        if (!overwritten) {
            pass(line, length);
        }
    }

    private void pass(byte[] line, int length) throws IOException {
        String text = trimEOL(new String(line, 0, length, StandardCharsets.UTF_8));
        console.write(line, 0, length);
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " ";
        logFile.write(time.getBytes(StandardCharsets.US_ASCII));
        logFile.write(line, 0, length);
        reader.accept(text);
        hints.accept(text);
    }

    @Override
    public void flush() throws IOException {
        console.flush();
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (pending != null) {
            pass(pending, pending.length);
        }
        logFile.close();
    }
}
