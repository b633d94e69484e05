package io.jenkins.plugins.imagefactory.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the tables of one image, in pieces. Tables that are not one another take space in the file, so that no sound image
 * has more of them than bytes: an image whose tables are to be read more often than that is flawed. Holes of a file take no
 * space, so that there is a limit beside it: 4 GiB are the tables of a qcow2 with 32 TiB in clusters of 64 KiB. A walk thus
 * costs at most one read of so much, and 64 KiB of memory.
 */
final class ImageTables {
    private static final int PIECE_BYTES = 64 * 1024;

    private static final long MOST_BYTES = 4L << 30;

    private final ImageBytes file;
    private final ByteOrder order;
    private long bytesLeft;

    ImageTables(ImageBytes file, ByteOrder order) {
        this.file = file;
        this.order = order;
        this.bytesLeft = Math.min(file.size(), MOST_BYTES);
    }

    /** @throws ImageFlaw if the table has more entries than QEMU takes of it */
    static void requireAtMost(long most, long entries, String table) throws ImageFlaw {
        ImageFlaw.require(
                entries <= most, "has " + table + " of " + entries + " entries, and QEMU takes no more than " + most);
    }

    /** Takes one entry of a table. */
    interface Reader {
        void accept(long index, long entry) throws IOException, ImageFlaw;
    }

    /** Reads a table of numbers of 32 bits, without sign. */
    void ofInts(long position, long count, Reader reader) throws IOException, ImageFlaw {
        read(
                position,
                count,
                Integer.BYTES,
                (index, piece) -> reader.accept(index, Integer.toUnsignedLong(piece.getInt())));
    }

    /** Reads a table of numbers of 64 bits. */
    void ofLongs(long position, long count, Reader reader) throws IOException, ImageFlaw {
        read(position, count, Long.BYTES, (index, piece) -> reader.accept(index, piece.getLong()));
    }

    private interface PieceReader {
        void accept(long index, ByteBuffer piece) throws IOException, ImageFlaw;
    }

    private void read(long position, long count, int width, PieceReader reader) throws IOException, ImageFlaw {
        ImageFlaw.require(count >= 0 && count <= file.size() / width, "is cut off: a table is longer than the file");
        long bytes = count * width;
        file.requireHolds(position, bytes);
        bytesLeft -= bytes;
        ImageFlaw.require(bytesLeft >= 0, "has tables that lie in one another, or are longer than 4 GiB together");
        for (long at = 0; at < bytes; at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, bytes - at);
            ByteBuffer piece = file.require(position + at, length).order(order);
            while (piece.hasRemaining()) {
                reader.accept((at + piece.position()) / width, piece);
            }
        }
    }
}
