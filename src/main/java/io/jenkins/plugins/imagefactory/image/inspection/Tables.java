package io.jenkins.plugins.imagefactory.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the tables of one image, in pieces. Tables that are not one another take space in the file, so that no sound image
 * has more of them than bytes: an image whose tables are to be read more often than that is flawed. A walk thus costs at most
 * one read of the file, and 64 KiB of memory.
 */
final class Tables {
    private static final int PIECE_BYTES = 64 * 1024;

    private final ImageBytes file;
    private final ByteOrder order;
    private long bytesLeft;

    Tables(ImageBytes file, ByteOrder order) throws IOException {
        this.file = file;
        this.order = order;
        this.bytesLeft = file.size();
    }

    /** Takes one entry of a table. */
    interface Reader {
        void accept(long index, long entry) throws IOException, Flaw;
    }

    /** Reads a table of numbers of 32 bits, without sign. */
    void ofInts(long position, long count, Reader reader) throws IOException, Flaw {
        read(
                position,
                count,
                Integer.BYTES,
                (index, piece) -> reader.accept(index, Integer.toUnsignedLong(piece.getInt())));
    }

    /** Reads a table of numbers of 64 bits. */
    void ofLongs(long position, long count, Reader reader) throws IOException, Flaw {
        read(position, count, Long.BYTES, (index, piece) -> reader.accept(index, piece.getLong()));
    }

    private interface PieceReader {
        void accept(long index, ByteBuffer piece) throws IOException, Flaw;
    }

    private void read(long position, long count, int width, PieceReader reader) throws IOException, Flaw {
        Flaw.require(count >= 0 && count <= file.size() / width, "is cut off: a table is longer than the file");
        long bytes = count * width;
        file.requireHolds(position, bytes);
        bytesLeft -= bytes;
        Flaw.require(bytesLeft >= 0, "has tables that lie in one another");
        for (long at = 0; at < bytes; at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, bytes - at);
            ByteBuffer piece = file.require(position + at, length).order(order);
            while (piece.hasRemaining()) {
                reader.accept((at + piece.position()) / width, piece);
            }
        }
    }
}
