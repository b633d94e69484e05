package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Reads pieces of a disk image file. */
record ImageBytes(FileChannel channel) {
    private static final int HEAD_BYTES = 1024;

    long size() throws IOException {
        return channel.size();
    }

    /** The file's first bytes. */
    ByteBuffer head() throws IOException {
        return read(0, HEAD_BYTES);
    }

    /** The bytes from there on: fewer than {@code length} where the file ends before. */
    ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (position >= 0 && bytes.hasRemaining()) {
            int count = channel.read(bytes, position + bytes.position());
            if (count < 0) {
                break;
            }
        }
        return bytes.flip();
    }

    static boolean startsWith(ByteBuffer bytes, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.limit() >= expected.length
                && bytes.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
    }
}
