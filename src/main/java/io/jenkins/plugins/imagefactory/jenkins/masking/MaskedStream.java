package io.jenkins.plugins.imagefactory.jenkins.masking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Masks whole lines. Of a line that is too long to be kept it masks pieces, and keeps the end of each for the next one, so
 * that no secret of up to 4 KiB is cut in two within its line. A secret of several lines that comes in several writes is
 * masked line by line; its lines of under four letters are shown then, since they are in every other text, too.
 */
final class MaskedStream extends OutputStream {
    private static final int LONGEST_PIECE = 64 * 1024;
    private static final int LONGEST_SECRET = 4 * 1024;

    private final OutputStream target;
    private final BooleanSupplier idle;
    private final UnaryOperator<String> mask;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** @param idle whether everything may pass as it is */
    MaskedStream(OutputStream target, BooleanSupplier idle, UnaryOperator<String> mask) {
        this.target = target;
        this.idle = idle;
        this.mask = mask;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        if (kept.size() == 0 && idle.getAsBoolean()) {
            target.write(bytes, offset, count);
            return;
        }
        int lines = afterLastLine(bytes, offset, count);
        if (lines > 0) {
            kept.write(bytes, offset, lines);
            pass(take());
        }
        for (int at = offset + lines; at < offset + count; at += LONGEST_PIECE) {
            kept.write(bytes, at, Math.min(LONGEST_PIECE, offset + count - at));
            if (kept.size() > LONGEST_PIECE) {
                passAllButTheEnd(take());
            }
        }
    }

    private static int afterLastLine(byte[] bytes, int offset, int count) {
        int lines = count;
        while (lines > 0 && bytes[offset + lines - 1] != '\n') {
            lines--;
        }
        return lines;
    }

    private byte[] take() {
        byte[] bytes = kept.toByteArray();
        kept.reset();
        return bytes;
    }

    private void pass(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String masked = mask.apply(text);
        target.write(masked.equals(text) ? bytes : masked.getBytes(StandardCharsets.UTF_8));
    }

    private void passAllButTheEnd(byte[] bytes) throws IOException {
        int whole = startOfCharacter(bytes, bytes.length - 1);
        byte[] masked =
                mask.apply(new String(bytes, 0, whole, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        int passing = startOfCharacter(masked, masked.length - LONGEST_SECRET);
        target.write(masked, 0, passing);
        kept.write(masked, passing, masked.length - passing);
        kept.write(bytes, whole, bytes.length - whole);
    }

    private static int startOfCharacter(byte[] utf8, int position) {
        int start = Math.max(0, position);
        while (start > 0 && (utf8[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    /** Passes on a last line that had no end. */
    synchronized void end() throws IOException {
        if (kept.size() > 0) {
            pass(take());
        }
    }

    @Override
    public void close() throws IOException {
        end();
        target.close();
    }
}
