package io.jenkins.plugins.imagefactory.image.boot;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads along what a guest writes to its serial console: for a line that is expected, and for those of a failed boot. */
public final class SerialConsole {
    private static final int LONGEST_LINE = 64 * 1024;

    private final ExpectedLine expected;
    private final Consumer<String> reader;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private String found;
    private String trouble;

    /**
     * @param expected null if none is
     * @param reader takes each whole line
     */
    public SerialConsole(@CheckForNull ExpectedLine expected, Consumer<String> reader) {
        this.expected = expected;
        this.reader = reader;
    }

    /** Takes what came since the last call. A line is searched before it has ended, since that of a prompt never does. */
    public void accept(byte[] bytes) {
        for (byte octet : bytes) {
            if (octet == '\n' || line.size() == LONGEST_LINE) {
                endLine();
            }
            if (octet != '\n') {
                line.write(octet);
            }
        }
        search(ConsoleText.of(line.toByteArray()));
    }

    /** Takes what has no line end as the last line. */
    public void close() {
        if (line.size() > 0) {
            endLine();
        }
    }

    /** The line that was expected, as far as it had come. */
    public Optional<String> found() {
        return Optional.ofNullable(found);
    }

    /** Why there is nothing more to wait for, in the words of a sentence about the image. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void endLine() {
        String text = ConsoleText.of(line.toByteArray());
        line.reset();
        search(text);
        reader.accept(text);
    }

    private void search(String text) {
        if (trouble != null) {
            return;
        }
        try {
            if (found == null && expected != null && expected.isIn(text)) {
                found = text.strip();
            }
            trouble = BootTrouble.in(text).map("does not boot: "::concat).orElse(null);
        } catch (ExpectedLine.TookTooLong e) {
            trouble = expected.tookTooLong();
        }
    }
}
