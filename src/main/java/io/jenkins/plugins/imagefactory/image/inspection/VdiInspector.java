package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.NeededFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.UUID;

/**
 * VirtualBox's VDI.
 *
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/block/vdi.c">QEMU: vdi.c</a>
 */
final class VdiInspector implements FormatInspector {
    private static final int HEADER_BYTES = 512;
    private static final int SIGNATURE_OFFSET = 0x40;
    private static final int SIGNATURE = 0xbeda107f;
    private static final int MAP_OFFSET = 0x154;
    private static final int DATA_OFFSET = 0x158;
    private static final int DISK_SIZE_OFFSET = 0x170;
    private static final int BLOCK_SIZE_OFFSET = 0x178;
    private static final int BLOCK_COUNT_OFFSET = 0x180;
    private static final int LINK_OFFSET = 0x1a8;
    private static final int PARENT_OFFSET = 0x1b8;
    /** This entry of the map and those above it are of blocks without data. */
    private static final long FIRST_WITHOUT_DATA = 0xfffffffeL;

    /** As many as a map of 2 GiB less a sector names. */
    private static final long MOST_BLOCKS = 0x1fffff80;

    private static final long LARGEST_BLOCK = 1L << 28;
    private static final UUID NONE = new UUID(0, 0);

    @Override
    public DiskFormat format() {
        return DiskFormat.VDI;
    }

    @Override
    public boolean matches(ImageBytes file) throws IOException {
        ByteBuffer head = file.head().order(ByteOrder.LITTLE_ENDIAN);
        return head.limit() >= SIGNATURE_OFFSET + 4 && head.getInt(SIGNATURE_OFFSET) == SIGNATURE;
    }

    @Override
    public ImageFindings inspect(ImageBytes file) throws IOException, ImageFlaw {
        ByteBuffer header = file.require(0, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long blockBytes = Integer.toUnsignedLong(header.getInt(BLOCK_SIZE_OFFSET));
        ImageFlaw.require(
                blockBytes > 0 && blockBytes <= LARGEST_BLOCK, "is a VDI with blocks of " + blockBytes + " bytes");
        long dataStart = Integer.toUnsignedLong(header.getInt(DATA_OFFSET));
        long blocks = Integer.toUnsignedLong(header.getInt(BLOCK_COUNT_OFFSET));
        ImageTables.requireAtMost(MOST_BLOCKS, blocks, "a map of blocks");
        long map = Integer.toUnsignedLong(header.getInt(MAP_OFFSET));
        new ImageTables(file, ByteOrder.LITTLE_ENDIAN).ofInts(map, blocks, (index, block) -> {
            if (block < FIRST_WITHOUT_DATA) {
                file.requireHolds(dataStart + block * blockBytes, blockBytes);
            }
        });
        return new ImageFindings(header.getLong(DISK_SIZE_OFFSET), parent(header));
    }

    private static List<NeededFile> parent(ByteBuffer header) {
        header.order(ByteOrder.BIG_ENDIAN);
        for (int offset : new int[] {LINK_OFFSET, PARENT_OFFSET}) {
            UUID parent = new UUID(header.getLong(offset), header.getLong(offset + 8));
            if (!parent.equals(NONE)) {
                return List.of(new NeededFile("another VDI, the one with the UUID", parent.toString()));
            }
        }
        return List.of();
    }
}
