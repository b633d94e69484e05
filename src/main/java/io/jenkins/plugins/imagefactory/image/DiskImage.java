package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the content of a disk image file says about it.
 *
 * @param format read from the content, never from the file's name
 * @param size bytes of the file
 * @param virtualSize bytes of the disk that a guest sees; null if the format does not tell it in its header
 * @param flaw why no cloud should be given this file, as the rest of a sentence that the file's name begins; null if
 *     there is no reason
 */
public record DiskImage(DiskFormat format, long size, Long virtualSize, String flaw) implements Serializable {
    private static final int HEAD_BYTES = 1024;
    private static final int VHD_FOOTER_BYTES = 512;
    private static final long ISO_DESCRIPTOR_OFFSET = 0x8001;

    /** Reads the header, and for VHD the footer, of the file. */
    public static DiskImage inspect(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return inspect(channel);
        }
    }

    /**
     * The same image.
     *
     * @throws UnusableImageException if it is flawed
     */
    public DiskImage requireSound(Path file) throws UnusableImageException {
        if (flaw != null) {
            throw new UnusableImageException(file + " " + flaw);
        }
        return this;
    }

    private static DiskImage inspect(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer head = read(channel, 0, HEAD_BYTES);
        if (Qcow2Header.isQcow2(head)) {
            Qcow2Header header = Qcow2Header.parse(head);
            return new DiskImage(DiskFormat.QCOW2, size, header.virtualSize(), header.flaw());
        }
        if (startsWith(head, "KDMV")) {
            return new DiskImage(DiskFormat.VMDK, size, sparseVmdkBytes(head), null);
        }
        if (startsWith(head, "# Disk DescriptorFile")) {
            return new DiskImage(
                    DiskFormat.VMDK,
                    size,
                    null,
                    "is a descriptor whose data lies in other files: make it one file first");
        }
        if (startsWith(head, "vhdxfile")) {
            return new DiskImage(DiskFormat.VHDX, size, null, null);
        }
        if (isVdi(head)) {
            return new DiskImage(
                    DiskFormat.VDI, size, head.order(ByteOrder.LITTLE_ENDIAN).getLong(0x170), null);
        }
        Long vhdBytes = vhdBytes(channel, size);
        if (vhdBytes != null) {
            return new DiskImage(DiskFormat.VHD, size, vhdBytes, null);
        }
        if (startsWith(read(channel, ISO_DESCRIPTOR_OFFSET, 5), "CD001")) {
            return new DiskImage(DiskFormat.ISO, size, size, null);
        }
        return new DiskImage(DiskFormat.RAW, size, size, size == 0 ? "is empty" : compression(head));
    }

    private static String compression(ByteBuffer head) {
        String tool = startsWith(head, "\u001f\u008b")
                ? "gunzip"
                : startsWith(head, "\u00fd7zXZ\0") ? "unxz" : startsWith(head, "(\u00b5/\u00fd") ? "unzstd" : null;
        return tool == null ? null : "is compressed, and no cloud boots that: unpack it with " + tool + " first";
    }

    private static boolean isVdi(ByteBuffer head) {
        return head.limit() >= 0x178 && head.order(ByteOrder.LITTLE_ENDIAN).getInt(0x40) == 0xbeda107f;
    }

    private static Long sparseVmdkBytes(ByteBuffer head) {
        return head.limit() < 20
                ? null
                : (Long) (head.order(ByteOrder.LITTLE_ENDIAN).getLong(12) * 512);
    }

    private static Long vhdBytes(FileChannel channel, long size) throws IOException {
        if (size < VHD_FOOTER_BYTES) {
            return null;
        }
        ByteBuffer footer = read(channel, size - VHD_FOOTER_BYTES, VHD_FOOTER_BYTES);
        return startsWith(footer, "conectix")
                ? (Long) footer.order(ByteOrder.BIG_ENDIAN).getLong(48)
                : null;
    }

    private static boolean startsWith(ByteBuffer bytes, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.limit() >= expected.length
                && bytes.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, position + bytes.position());
            if (count < 0) {
                break;
            }
        }
        return bytes.flip();
    }
}
