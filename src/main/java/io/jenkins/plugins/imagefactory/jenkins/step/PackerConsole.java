package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.console.LineTransformationOutputStream;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Passes Packer's output on, line by line: to the console as it is, to the log file with its time, to the reader. */
final class PackerConsole extends LineTransformationOutputStream {
    private final OutputStream console;
    private final OutputStream logFile;
    private final PackerOutput reader;

    PackerConsole(OutputStream console, OutputStream logFile, PackerOutput reader) {
        this.console = console;
        this.logFile = logFile;
        this.reader = reader;
    }

    @Override
    protected void eol(byte[] line, int length) throws IOException {
        console.write(line, 0, length);
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " ";
        logFile.write(time.getBytes(StandardCharsets.US_ASCII));
        logFile.write(line, 0, length);
        reader.accept(trimEOL(new String(line, 0, length, StandardCharsets.UTF_8)));
    }

    @Override
    public void flush() throws IOException {
        console.flush();
    }

    @Override
    public void close() throws IOException {
        super.close();
        logFile.close();
    }
}
