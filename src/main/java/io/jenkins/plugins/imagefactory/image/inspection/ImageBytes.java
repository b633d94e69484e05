package io.jenkins.plugins.imagefactory.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads pieces of a disk image file.
 *
 * @param size of the file, asked for once: tables name millions of places
 */
record ImageBytes(FileChannel channel, long size) {
    /** No piece is larger, whatever a header says. */
    static final int LARGEST_PIECE = 1 << 20;

    private static final int HEAD_BYTES = 1024;

    ImageBytes(FileChannel channel) throws IOException {
        this(channel, channel.size());
    }

    /** The file's first bytes. */
    ByteBuffer head() throws IOException {
        return read(0, HEAD_BYTES);
    }

    /** The bytes from there on: fewer than {@code length} where the file ends before. */
    ByteBuffer read(long position, int length) throws IOException {
        if (length > LARGEST_PIECE) {
            throw new IllegalArgumentException(length + " bytes at once");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (position >= 0 && bytes.hasRemaining()) {
            int count = channel.read(bytes, position + bytes.position());
            if (count < 0) {
                break;
            }
        }
        return bytes.flip();
    }

    /**
     * The bytes from there on, all of them.
     *
     * @throws ImageFlaw if the file ends before
     */
    ByteBuffer require(long position, int length) throws IOException, ImageFlaw {
        ByteBuffer bytes = read(position, length);
        ImageFlaw.require(bytes.limit() == length, cutOff(position, length));
        return bytes;
    }

    /** @throws ImageFlaw if the file ends before {@code length} bytes from there on, or the numbers are no place in a file */
    void requireHolds(long position, long length) throws ImageFlaw {
        if (position < 0 || length < 0 || position > size || length > size - position) {
            throw new ImageFlaw(cutOff(position, length));
        }
    }

    private String cutOff(long position, long length) {
        return "is cut off: it speaks of " + Long.toUnsignedString(length) + " bytes at "
                + Long.toUnsignedString(position) + ", and ends at " + size
                + ": copy or download it again";
    }

    boolean startsWith(String magic) throws IOException {
        return startsWith(head(), magic);
    }

    static boolean startsWith(ByteBuffer bytes, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.limit() >= expected.length
                && bytes.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
    }
}
