package io.jenkins.plugins.imagefactory.packer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Cuts a program's output into the lines that a terminal would show in the end: what a carriage return overwrites, such
 * as a progress bar, is dropped. A line longer than 64 KiB is passed on in pieces, so that memory stays constant.
 */
public final class TerminalLines extends OutputStream {
    private static final int LONGEST_PIECE = 64 * 1024;

    private final Sink sink;
    private byte[] line = new byte[1024];
    private int length;
    private boolean returned;

    /** Takes lines. */
    public interface Sink {
        /**
         * @param text of a line, without its end
         * @param ended false for a piece of a longer line
         */
        void line(byte[] text, int length, boolean ended) throws IOException;
    }

    public TerminalLines(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void write(int octet) throws IOException {
        accept((byte) octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            accept(bytes[i]);
        }
    }

    /** Passes on what stands after the last line end. */
    @Override
    public void close() throws IOException {
        if (length > 0) {
            end();
        }
    }

    private void accept(byte octet) throws IOException {
        if (octet == '\n') {
            end();
        } else if (octet == '\r') {
            returned = true;
        } else {
            if (returned) {
                length = 0;
                returned = false;
            }
            append(octet);
        }
    }

    private void append(byte octet) throws IOException {
        if (length == LONGEST_PIECE) {
            sink.line(line, length, false);
            length = 0;
        } else if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = octet;
    }

    private void end() throws IOException {
        sink.line(line, length, true);
        length = 0;
        returned = false;
    }
}
