package io.jenkins.plugins.imagefactory.jenkins.process;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.packer.TerminalLines;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * The log file in the workspace: a program's lines, which were masked before, each after its time. Lines are gathered here
 * and written on the agent at each {@link #write}.
 */
public final class TimedLog {
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private boolean inLine;

    public synchronized void add(byte[] line, int length, boolean ended, Instant time) {
        if (!inLine) {
            gathered.writeBytes((time.truncatedTo(ChronoUnit.MILLIS) + " ").getBytes(StandardCharsets.US_ASCII));
        }
        gathered.write(line, 0, length);
        if (ended) {
            gathered.write('\n');
        }
        inLine = !ended;
    }

    /**
     * Appends what was gathered.
     *
     * @param position where to note how far the output has been read; null not to
     */
    public void write(FilePath log, FilePath position, long read) throws IOException, InterruptedException {
        byte[] text = take();
        if (text.length > 0) {
            log.act(new Append(text, position == null ? null : position.getRemote(), read));
        }
    }

    private synchronized byte[] take() {
        byte[] text = gathered.toByteArray();
        gathered.reset();
        return text;
    }

    /** Reads the lines of a log that was begun before the controller's restart. */
    static void read(FilePath log, BiConsumer<String, Instant> reader) throws IOException, InterruptedException {
        TerminalLines lines = new TerminalLines((line, length, ended) -> {
            String[] timeAndText = new String(line, 0, length, StandardCharsets.UTF_8).split(" ", 2);
            try {
                reader.accept(timeAndText.length < 2 ? "" : timeAndText[1], Instant.parse(timeAndText[0]));
            } catch (DateTimeParseException e) {
                reader.accept("", Instant.EPOCH);
            }
        });
        try (InputStream text = log.read();
                lines) {
            text.transferTo(lines);
        }
    }

    private static final class Append implements ControllerToAgentFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        private final byte[] text;
        private final String position;
        private final long read;

        Append(byte[] text, String position, long read) {
            this.text = text;
            this.position = position;
            this.read = read;
        }

        @Override
        public Void invoke(File log, VirtualChannel channel) throws IOException {
            try (OutputStream end = new FileOutputStream(log, true)) {
                end.write(text);
            }
            if (position != null) {
                Files.writeString(Path.of(position), Long.toString(read));
            }
            return null;
        }
    }
}
