package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.NeededFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * qcow2, version 2 or 3. One that names a backing file or an external data file would let a cloud read files of its hosts
 * (the class of CVE-2024-32498).
 *
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst">QEMU: qcow2.rst</a>
 */
final class Qcow2Inspector implements FormatInspector {
    private static final String MAGIC = "QFI\u00fb";
    private static final int VERSION_OFFSET = 4;
    private static final int BACKING_NAME_OFFSET = 8;
    private static final int BACKING_NAME_LENGTH_OFFSET = 16;
    private static final int VIRTUAL_SIZE_OFFSET = 24;
    private static final int INCOMPATIBLE_OFFSET = 72;
    private static final int HEADER_LENGTH_OFFSET = 100;
    private static final int VERSION_2_BYTES = 72;
    private static final int VERSION_3_BYTES = 104;
    private static final long DATA_FILE = 1L << 2;
    private static final long EXTENDED_L2 = 1L << 4;
    private static final long DIRTY_CORRUPT_DATA_FILE_COMPRESSION = 0b1111;
    private static final int EXTENSION_HEAD_BYTES = 8;
    private static final int MOST_EXTENSIONS = 100;
    private static final int END_OF_EXTENSIONS = 0;
    private static final int DATA_FILE_NAME = 0x44415441;
    private static final int LONGEST_NAME_BYTES = 4096;

    @Override
    public DiskFormat format() {
        return DiskFormat.QCOW2;
    }

    @Override
    public boolean matches(ImageBytes file) throws IOException {
        return file.startsWith(MAGIC);
    }

    @Override
    public ImageFindings inspect(ImageBytes file) throws IOException, ImageFlaw {
        ByteBuffer header = file.head().order(ByteOrder.BIG_ENDIAN);
        ImageFlaw.require(
                header.limit() >= VERSION_2_BYTES
                        && (header.getInt(VERSION_OFFSET) <= 2 || header.limit() >= VERSION_3_BYTES),
                "is cut off inside its qcow2 header");
        int version = header.getInt(VERSION_OFFSET);
        ImageFlaw.require(version == 2 || version == 3, "is qcow2 of the unknown version " + version);
        long incompatible = version == 2 ? 0 : header.getLong(INCOMPATIBLE_OFFSET);
        ImageFlaw.require(
                (incompatible & ~DIRTY_CORRUPT_DATA_FILE_COMPRESSION & ~EXTENDED_L2) == 0,
                "needs unknown qcow2 features (incompatible_features 0x" + Long.toHexString(incompatible) + ")");
        ImageFlaw.require(
                (incompatible & EXTENDED_L2) == 0,
                "has extended L2 entries, which OpenStack does not take: copy it with 'qemu-img convert -O qcow2'");
        boolean hasDataFile = (incompatible & DATA_FILE) != 0;
        new Qcow2Tables(file, header, hasDataFile).requireWhole();
        List<NeededFile> neededFiles = new ArrayList<>();
        if (header.getLong(BACKING_NAME_OFFSET) != 0 || header.getInt(BACKING_NAME_LENGTH_OFFSET) != 0) {
            neededFiles.add(new NeededFile("the backing file", backingFileName(file, header)));
        }
        if (hasDataFile) {
            neededFiles.add(new NeededFile("the external data file", dataFileName(file, header)));
        }
        return new ImageFindings(header.getLong(VIRTUAL_SIZE_OFFSET), neededFiles);
    }

    private static String backingFileName(ImageBytes file, ByteBuffer header) throws IOException {
        return text(
                file,
                header.getLong(BACKING_NAME_OFFSET),
                Integer.toUnsignedLong(header.getInt(BACKING_NAME_LENGTH_OFFSET)));
    }

    /** The last one counts. Empty if the header does not tell it. */
    private static String dataFileName(ImageBytes file, ByteBuffer header) throws IOException {
        String name = "";
        long position = Integer.toUnsignedLong(header.getInt(HEADER_LENGTH_OFFSET));
        for (int count = 0; count < MOST_EXTENSIONS; count++) {
            ByteBuffer extension = file.read(position, EXTENSION_HEAD_BYTES);
            if (extension.limit() < EXTENSION_HEAD_BYTES || extension.getInt(0) == END_OF_EXTENSIONS) {
                return name;
            }
            long length = Integer.toUnsignedLong(extension.getInt(4));
            if (extension.getInt(0) == DATA_FILE_NAME) {
                name = text(file, position + EXTENSION_HEAD_BYTES, length);
            }
            position += EXTENSION_HEAD_BYTES + (length + 7) / 8 * 8;
        }
        return name;
    }

    private static String text(ImageBytes file, long position, long length) throws IOException {
        ByteBuffer bytes = file.read(position, (int) Math.min(length, LONGEST_NAME_BYTES));
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
