package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.NeededFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Microsoft's VHD: a footer at its end and, but for fixed disks, a copy of it at its beginning, which QEMU believes.
 *
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/block/vpc.c">QEMU: vpc.c</a>
 */
final class VhdInspector implements FormatInspector {
    private static final String MAGIC = "conectix";
    private static final String SPARSE_MAGIC = "cxsparse";
    private static final int FOOTER_BYTES = 512;
    private static final int HEADER_BYTES = 1024;
    private static final int SECTOR_BYTES = 512;
    private static final int HEADER_POSITION_OFFSET = 16;
    private static final int SIZE_OFFSET = 48;
    private static final int TYPE_OFFSET = 60;
    private static final int FIXED = 2;
    private static final int DYNAMIC = 3;
    private static final int DIFFERENCING = 4;
    private static final int TABLE_OFFSET = 16;
    private static final int ENTRIES_OFFSET = 28;
    private static final int BLOCK_SIZE_OFFSET = 32;
    private static final int PARENT_NAME_OFFSET = 64;
    private static final int PARENT_NAME_BYTES = 512;
    private static final long MOST_BLOCKS = Integer.MAX_VALUE / Integer.BYTES;
    private static final long LARGEST_BLOCK = 1L << 28;
    private static final long WITHOUT_DATA = 0xffffffffL;

    @Override
    public DiskFormat format() {
        return DiskFormat.VHD;
    }

    @Override
    public boolean matches(ImageBytes file) throws IOException {
        return file.startsWith(MAGIC) || ImageBytes.startsWith(lastSector(file), MAGIC);
    }

    @Override
    public boolean mayBeginWithPartitions(ImageBytes file) throws IOException {
        return !file.startsWith(MAGIC);
    }

    private static ByteBuffer lastSector(ImageBytes file) throws IOException {
        return file.read(Math.max(0, file.size() - FOOTER_BYTES), FOOTER_BYTES);
    }

    @Override
    public ImageFindings inspect(ImageBytes file) throws IOException, ImageFlaw {
        ByteBuffer footer = lastSector(file);
        ImageFlaw.require(
                footer.limit() == FOOTER_BYTES && ImageBytes.startsWith(footer, MAGIC),
                "is cut off: it begins as a VHD, but has no footer at its end: copy or download it again");
        long virtualSize = footer.getLong(SIZE_OFFSET);
        int type = footer.getInt(TYPE_OFFSET);
        if (type == FIXED) {
            ImageFlaw.require(!file.startsWith(MAGIC), "is a VHD that is fixed by its footer and not by its header");
            ImageFlaw.require(virtualSize >= 0, "is a VHD of an impossible size");
            file.requireHolds(0, virtualSize);
            return new ImageFindings(virtualSize);
        }
        ImageFlaw.require(type == DYNAMIC || type == DIFFERENCING, "is a VHD of the unknown type " + type);
        ByteBuffer copy = file.require(0, FOOTER_BYTES);
        ImageFlaw.require(
                ImageBytes.startsWith(copy, MAGIC)
                        && copy.getInt(TYPE_OFFSET) == type
                        && copy.getLong(SIZE_OFFSET) == virtualSize
                        && copy.getLong(HEADER_POSITION_OFFSET) == footer.getLong(HEADER_POSITION_OFFSET),
                "is a VHD whose header and footer say different things");
        ByteBuffer header = file.require(copy.getLong(HEADER_POSITION_OFFSET), HEADER_BYTES);
        ImageFlaw.require(ImageBytes.startsWith(header, SPARSE_MAGIC), "is a VHD without the header of a dynamic disk");
        requireWhole(file, header, virtualSize);
        return new ImageFindings(virtualSize, type == DIFFERENCING ? List.of(parent(header)) : List.of());
    }

    private static void requireWhole(ImageBytes file, ByteBuffer header, long virtualSize)
            throws IOException, ImageFlaw {
        long entries = Integer.toUnsignedLong(header.getInt(ENTRIES_OFFSET));
        ImageTables.requireAtMost(MOST_BLOCKS, entries, "a table of blocks");
        long blockBytes = Integer.toUnsignedLong(header.getInt(BLOCK_SIZE_OFFSET));
        ImageFlaw.require(
                blockBytes >= SECTOR_BYTES && blockBytes <= LARGEST_BLOCK && Long.bitCount(blockBytes) == 1,
                "is a VHD with blocks of " + blockBytes + " bytes");
        ImageFlaw.require(
                virtualSize >= 0 && virtualSize <= entries * blockBytes,
                "is a VHD whose table is too short for a disk of " + virtualSize + " bytes");
        long bitmapBytes = roundedUp(blockBytes / SECTOR_BYTES / Byte.SIZE, SECTOR_BYTES);
        new ImageTables(file, ByteOrder.BIG_ENDIAN).ofInts(header.getLong(TABLE_OFFSET), entries, (index, sector) -> {
            if (sector != WITHOUT_DATA) {
                file.requireHolds(sector * SECTOR_BYTES, bitmapBytes + blockBytes);
            }
        });
    }

    private static long roundedUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }

    private static NeededFile parent(ByteBuffer header) {
        String name = StandardCharsets.UTF_16BE
                .decode(header.slice(PARENT_NAME_OFFSET, PARENT_NAME_BYTES))
                .toString();
        int end = name.indexOf('\0');
        return new NeededFile("another VHD", end < 0 ? name : name.substring(0, end));
    }
}
