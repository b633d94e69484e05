package io.jenkins.plugins.imagefactory.jenkins.node;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The end of what a program of the node prints, for the controller to read: all of it from a program that keeps to itself, and
 * no more than {@value #MOST} bytes from one that does not.
 */
public final class KeptOutput extends OutputStream {
    static final int MOST = 1 << 20;

    private ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) {
        int skipped = Math.max(0, count - MOST);
        if (kept.size() + count - skipped > 2 * MOST) {
            keepTheEnd();
        }
        kept.write(bytes, offset + skipped, count - skipped);
    }

    private void keepTheEnd() {
        byte[] bytes = kept.toByteArray();
        int from = Math.max(0, bytes.length - MOST);
        kept = new ByteArrayOutputStream();
        kept.write(bytes, from, bytes.length - from);
    }

    /** The text so far. */
    public synchronized String text() {
        if (kept.size() > MOST) {
            keepTheEnd();
        }
        return kept.toString(StandardCharsets.UTF_8);
    }
}
