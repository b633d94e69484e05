package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What the content of a disk image file says about it.
 *
 * @param format read from the content, never from the file's name
 * @param size bytes of the file
 * @param virtualSize bytes of the disk that a guest sees; null if the format does not tell it in its header
 * @param flaw why no cloud should be given this file, as the rest of a sentence that the file's name begins; null if
 *     there is no reason
 * @param neededFiles names of the files without which this one is not whole, as it says them: a backing file, extents; an
 *     empty name if it does not say it clearly
 */
public record DiskImage(DiskFormat format, long size, Long virtualSize, String flaw, List<String> neededFiles)
        implements Serializable {
    private static final int VHD_FOOTER_BYTES = 512;
    private static final int VHD_SIZE_OFFSET = 48;
    private static final int VHD_TYPE_OFFSET = 60;
    private static final int VHD_DIFFERENCING = 4;
    private static final long ISO_DESCRIPTOR_OFFSET = 0x8001;

    /** Reads the header, and for VHD the footer, of the file. */
    public static DiskImage inspect(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return inspect(new ImageBytes(channel));
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

    private DiskImage(DiskFormat format, long size, Long virtualSize, String flaw) {
        this(format, size, virtualSize, flaw, List.of());
    }

    private static DiskImage inspect(ImageBytes file) throws IOException {
        long size = file.size();
        ByteBuffer head = file.head();
        if (Qcow2Header.isQcow2(head)) {
            Qcow2Header header = Qcow2Header.parse(file);
            return new DiskImage(DiskFormat.QCOW2, size, header.virtualSize(), header.flaw(), header.neededFiles());
        }
        if (ImageBytes.startsWith(head, VmdkDescriptor.SPARSE_MAGIC)) {
            return vmdk(size, sparseVmdkBytes(head), VmdkDescriptor.ofSparse(file));
        }
        if (ImageBytes.startsWith(head, VmdkDescriptor.TEXT_MAGIC)) {
            return vmdk(size, null, VmdkDescriptor.ofText(file));
        }
        if (ImageBytes.startsWith(head, "vhdxfile")) {
            return new DiskImage(DiskFormat.VHDX, size, null, null);
        }
        if (isVdi(head)) {
            return new DiskImage(
                    DiskFormat.VDI, size, head.order(ByteOrder.LITTLE_ENDIAN).getLong(0x170), null);
        }
        ByteBuffer footer = file.read(Math.max(0, size - VHD_FOOTER_BYTES), VHD_FOOTER_BYTES);
        if (size >= VHD_FOOTER_BYTES && ImageBytes.startsWith(footer, "conectix")) {
            return vhd(size, footer.order(ByteOrder.BIG_ENDIAN));
        }
        if (ImageBytes.startsWith(file.read(ISO_DESCRIPTOR_OFFSET, 5), "CD001")) {
            return new DiskImage(DiskFormat.ISO, size, size, null);
        }
        return new DiskImage(DiskFormat.RAW, size, size, size == 0 ? "is empty" : compression(head));
    }

    private static DiskImage vmdk(long size, Long virtualSize, VmdkDescriptor descriptor) {
        String flaw = descriptor.neededFiles().isEmpty()
                ? null
                : "is a VMDK whose data lies in other files: make it one file first, as imageConvert does";
        return new DiskImage(DiskFormat.VMDK, size, virtualSize, flaw, descriptor.neededFiles());
    }

    private static DiskImage vhd(long size, ByteBuffer footer) {
        String flaw = footer.getInt(VHD_TYPE_OFFSET) == VHD_DIFFERENCING
                ? "holds only the differences to another VHD: merge them first"
                : null;
        return new DiskImage(DiskFormat.VHD, size, footer.getLong(VHD_SIZE_OFFSET), flaw);
    }

    private static String compression(ByteBuffer head) {
        String tool = ImageBytes.startsWith(head, "\u001f\u008b")
                ? "gunzip"
                : ImageBytes.startsWith(head, "\u00fd7zXZ\0")
                        ? "unxz"
                        : ImageBytes.startsWith(head, "(\u00b5/\u00fd") ? "unzstd" : null;
        return tool == null ? null : "is compressed, and no cloud boots that: unpack it with " + tool + " first";
    }

    private static boolean isVdi(ByteBuffer head) {
        return head.limit() >= 0x178 && head.order(ByteOrder.LITTLE_ENDIAN).getInt(0x40) == 0xbeda107f;
    }

    private static Long sparseVmdkBytes(ByteBuffer head) {
        return head.limit() < 20 ? null : (Long) VmdkDescriptor.capacityBytes(head);
    }
}
