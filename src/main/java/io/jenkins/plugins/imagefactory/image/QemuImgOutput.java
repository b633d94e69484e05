package io.jenkins.plugins.imagefactory.image;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code qemu-img convert -p} prints: its progress, which it writes over and over, and all else line by line. */
public final class QemuImgOutput extends OutputStream {
    private static final Pattern PROGRESS = Pattern.compile("\\(\\s*([0-9]+(?:\\.[0-9]+)?)/100%\\)\\s*");
    private static final int LONGEST_LINE = 64 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final DoubleConsumer progress;
    private final Consumer<String> lines;

    /**
     * @param progress takes per cent
     * @param lines takes what is no progress, and not empty
     */
    public QemuImgOutput(DoubleConsumer progress, Consumer<String> lines) {
        this.progress = progress;
        this.lines = lines;
    }

    @Override
    public void write(int octet) {
        if (octet == '\r' || octet == '\n') {
            end();
        } else if (line.size() < LONGEST_LINE) {
            line.write(octet);
        }
    }

    /** Passes on what stands after the last line end. */
    @Override
    public void close() {
        end();
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        Matcher matcher = PROGRESS.matcher(text);
        while (matcher.lookingAt()) {
            progress.accept(Double.parseDouble(matcher.group(1)));
            matcher.region(matcher.end(), text.length());
        }
        String rest = text.substring(matcher.regionStart());
        if (!rest.isEmpty()) {
            lines.accept(rest);
        }
    }
}
