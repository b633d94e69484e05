package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a qcow2 file, version 2 or 3. One that names a backing file or an external data file is flawed: it does
 * not stand alone, and would let a cloud read files of its hosts (the class of CVE-2024-32498).
 *
 * @param virtualSize bytes of the disk that a guest sees; null if the header is cut off
 * @param flaw as in {@link DiskImage}
 * @param neededFiles as in {@link DiskImage}
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst">QEMU: qcow2.rst</a>
 */
record Qcow2Header(Long virtualSize, String flaw, List<String> neededFiles) {
    private static final int MAGIC = 'Q' << 24 | 'F' << 16 | 'I' << 8 | 0xfb;
    private static final int VERSION_2_BYTES = 72;
    private static final int VERSION_3_BYTES = 104;
    private static final long DATA_FILE = 1L << 2;
    private static final long DIRTY_CORRUPT_DATA_FILE_COMPRESSION_EXTENDED_L2 = 0b11111;
    private static final int EXTENSION_HEAD_BYTES = 8;
    private static final int END_OF_EXTENSIONS = 0;
    private static final int DATA_FILE_NAME = 0x44415441;
    private static final int LONGEST_NAME_BYTES = 4096;

    static boolean isQcow2(ByteBuffer head) {
        return head.limit() >= 4 && head.order(ByteOrder.BIG_ENDIAN).getInt(0) == MAGIC;
    }

    static Qcow2Header parse(ImageBytes file) throws IOException {
        ByteBuffer head = file.head().order(ByteOrder.BIG_ENDIAN);
        if (head.limit() < VERSION_2_BYTES || head.getInt(4) > 2 && head.limit() < VERSION_3_BYTES) {
            return new Qcow2Header(null, "is cut off inside its qcow2 header", List.of());
        }
        return new Qcow2Header(head.getLong(24), flaw(head), neededFiles(file, head));
    }

    private static String flaw(ByteBuffer head) {
        int version = head.getInt(4);
        if (version != 2 && version != 3) {
            return "is qcow2 of the unknown version " + version;
        }
        if (hasBackingFile(head)) {
            return "has a backing file, without which it does not boot: flatten it with imageConvert or 'qemu-img convert -O qcow2'";
        }
        if (hasDataFile(head)) {
            return "keeps its data in an external file: flatten it with imageConvert or 'qemu-img convert -O qcow2'";
        }
        long incompatible = incompatibleFeatures(head);
        return (incompatible & ~DIRTY_CORRUPT_DATA_FILE_COMPRESSION_EXTENDED_L2) == 0
                ? null
                : "needs unknown qcow2 features (incompatible_features 0x" + Long.toHexString(incompatible) + ")";
    }

    private static List<String> neededFiles(ImageBytes file, ByteBuffer head) throws IOException {
        List<String> names = new ArrayList<>();
        if (hasBackingFile(head)) {
            names.add(text(file.read(head.getLong(8), nameBytes(head.getInt(16)))));
        }
        if (hasDataFile(head)) {
            names.add(dataFileName(file, head));
        }
        return names;
    }

    /** Empty if the header does not tell it. */
    private static String dataFileName(ImageBytes file, ByteBuffer head) throws IOException {
        long position = Integer.toUnsignedLong(head.getInt(100));
        while (true) {
            ByteBuffer extension = file.read(position, EXTENSION_HEAD_BYTES);
            if (position < VERSION_2_BYTES
                    || extension.limit() < EXTENSION_HEAD_BYTES
                    || extension.getInt(0) == END_OF_EXTENSIONS) {
                return "";
            }
            int length = nameBytes(extension.getInt(4));
            if (extension.getInt(0) == DATA_FILE_NAME) {
                return text(file.read(position + EXTENSION_HEAD_BYTES, length));
            }
            position += EXTENSION_HEAD_BYTES + (length + 7) / 8 * 8;
        }
    }

    private static int nameBytes(int unsigned) {
        return unsigned < 0 ? LONGEST_NAME_BYTES : Math.min(unsigned, LONGEST_NAME_BYTES);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static boolean hasBackingFile(ByteBuffer head) {
        return head.getLong(8) != 0 || head.getInt(16) != 0;
    }

    private static boolean hasDataFile(ByteBuffer head) {
        return (incompatibleFeatures(head) & DATA_FILE) != 0;
    }

    private static long incompatibleFeatures(ByteBuffer head) {
        return head.getInt(4) == 2 ? 0 : head.getLong(72);
    }
}
