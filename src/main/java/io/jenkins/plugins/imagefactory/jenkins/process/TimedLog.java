package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.packer.TerminalLines;
import io.jenkins.plugins.imagefactory.workspace.UnwritableFileException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * The log file in the workspace: a program's lines, which were masked before, each after its time. Lines are gathered here
 * and written on the agent at each {@link #write}; what could not be written is kept for the next one.
 */
public final class TimedLog {
    /** How many bytes are kept while the log cannot be written. */
    static final int MOST_KEPT = 4 << 20;

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private boolean inLine;
    private boolean refused;
    private boolean missing;
    private long missingLines;
    private Long length;

    public synchronized void add(byte[] line, int length, boolean ended, Instant time) {
        if (missing || refused && gathered.size() + length > MOST_KEPT) {
            missing = true;
            missingLines += ended ? 1 : 0;
        } else {
            append(line, length, ended, time);
        }
        inLine = !ended;
    }

    private void append(byte[] line, int length, boolean ended, Instant time) {
        if (!inLine) {
            gathered.writeBytes((time.truncatedTo(ChronoUnit.MILLIS) + " ").getBytes(StandardCharsets.US_ASCII));
        }
        gathered.write(line, 0, length);
        if (ended) {
            gathered.write('\n');
        }
    }

    /**
     * Appends what was gathered: all of it, or nothing, and then it is kept.
     *
     * @param position where to note how far the output has been read; null not to
     * @throws UnwritableFileException if the log could not be written
     */
    public void write(FilePath log, @CheckForNull FilePath position, long read)
            throws IOException, InterruptedException {
        byte[] text = gathered();
        if (text.length > 0) {
            try {
                length = log.act(new Append(text, length, position == null ? null : position.getRemote(), read));
            } catch (IOException | RuntimeException e) {
                refuse();
                throw e;
            }
            forget(text.length);
        }
    }

    private synchronized byte[] gathered() {
        return gathered.toByteArray();
    }

    private synchronized void refuse() {
        refused = true;
    }

    private synchronized void forget(int written) {
        byte[] rest = gathered.toByteArray();
        gathered.reset();
        gathered.write(rest, written, rest.length - written);
        refused = false;
        if (missing && !inLine) {
            missing = false;
            byte[] note = ("[" + missingLines + " lines are missing here: they could not be written]")
                    .getBytes(StandardCharsets.US_ASCII);
            missingLines = 0;
            append(note, note.length, true, Instant.now());
        }
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

    /** What is there beyond the length that is known was written before an answer was lost, and is written again. */
    private static final class Append implements ControllerToAgentFileCallable<Long> {
        private static final long serialVersionUID = 1L;

        private final byte[] text;
        private final Long length;
        private final String position;
        private final long read;

        Append(byte[] text, Long length, String position, long read) {
            this.text = text;
            this.length = length;
            this.position = position;
            this.read = read;
        }

        @Override
        public Long invoke(File log, VirtualChannel channel) throws IOException {
            try (FileChannel file =
                    FileChannel.open(log.toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                long begin = length == null ? file.size() : Math.min(length, file.size());
                file.truncate(begin);
                try {
                    writeAll(file, begin, text);
                    if (position != null) {
                        RunDirectory.writePosition(Path.of(position), read);
                    }
                } catch (IOException e) {
                    file.truncate(begin);
                    throw e;
                }
                return file.size();
            } catch (IOException e) {
                throw new UnwritableFileException(log.toPath(), e);
            }
        }
    }

    static void writeAll(FileChannel file, long position, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            file.write(rest, position + rest.position());
        }
    }
}
