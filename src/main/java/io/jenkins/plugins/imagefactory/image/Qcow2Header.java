package io.jenkins.plugins.imagefactory.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a qcow2 file, version 2 or 3. One that names a backing file or an external data file is flawed: it does
 * not stand alone, and would let a cloud read files of its hosts (the class of CVE-2024-32498).
 *
 * @param virtualSize bytes of the disk that a guest sees; null if the header is cut off
 * @param flaw as in {@link DiskImage}
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst">QEMU: qcow2.rst</a>
 */
record Qcow2Header(Long virtualSize, String flaw) {
    private static final int MAGIC = 'Q' << 24 | 'F' << 16 | 'I' << 8 | 0xfb;
    private static final int VERSION_2_BYTES = 72;
    private static final int VERSION_3_BYTES = 104;
    private static final long DATA_FILE = 1L << 2;
    private static final long DIRTY_CORRUPT_DATA_FILE_COMPRESSION_EXTENDED_L2 = 0b11111;

    static boolean isQcow2(ByteBuffer head) {
        return head.limit() >= 4 && head.order(ByteOrder.BIG_ENDIAN).getInt(0) == MAGIC;
    }

    static Qcow2Header parse(ByteBuffer head) {
        head.order(ByteOrder.BIG_ENDIAN);
        if (head.limit() < VERSION_2_BYTES || head.getInt(4) > 2 && head.limit() < VERSION_3_BYTES) {
            return new Qcow2Header(null, "is cut off inside its qcow2 header");
        }
        return new Qcow2Header(head.getLong(24), flaw(head));
    }

    private static String flaw(ByteBuffer head) {
        int version = head.getInt(4);
        if (version != 2 && version != 3) {
            return "is qcow2 of the unknown version " + version;
        }
        if (head.getLong(8) != 0 || head.getInt(16) != 0) {
            return "has a backing file, without which it does not boot: flatten it with 'qemu-img convert -O qcow2'";
        }
        long incompatible = version == 2 ? 0 : head.getLong(72);
        if ((incompatible & DATA_FILE) != 0) {
            return "keeps its data in an external file: flatten it with 'qemu-img convert -O qcow2'";
        }
        return (incompatible & ~DIRTY_CORRUPT_DATA_FILE_COMPRESSION_EXTENDED_L2) == 0
                ? null
                : "needs unknown qcow2 features (incompatible_features 0x" + Long.toHexString(incompatible) + ")";
    }
}
