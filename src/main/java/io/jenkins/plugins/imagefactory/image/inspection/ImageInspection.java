package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.UnusableImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells what a disk image file is, whether it is whole, and what other files it needs. It refuses at least what OpenStack's
 * own format inspector refuses. It believes nothing that it reads: every number may be a lie.
 *
 * @see <a href="https://docs.openstack.org/oslo.utils/latest/reference/imageutils.html">oslo.utils: imageutils</a>
 */
public final class ImageInspection {
    private static final List<FormatInspector> INSPECTORS = List.of(
            new Qcow2Inspector(),
            new VmdkInspector(),
            new VhdxInspector(),
            new VdiInspector(),
            new VhdInspector(),
            new IsoInspector());
    private static final Map<String, String> COMPRESSIONS =
            Map.of("\u001f\u008b", "gunzip", "\u00fd7zXZ\0", "unxz", "(\u00b5/\u00fd", "unzstd");
    private static final Map<String, String> UNWANTED_FORMATS = Map.of("QED\0", "QED", "COWD", "VMDK (COWD)");
    private static final String LUKS_MAGIC = "LUKS\u00ba\u00be";
    private static final int LUKS_VERSION_OFFSET = 6;

    private ImageInspection() {}

    /**
     * Reads the headers of the file, and the tables by which it finds its data.
     *
     * @throws UnusableImageException if it is no regular file; it is not opened then, since a FIFO would hold who opens it
     */
    public static DiskImage of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UnusableImageException(file + " is no regular file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return inspect(new ImageBytes(channel));
        }
    }

    private static DiskImage inspect(ImageBytes file) throws IOException {
        List<FormatInspector> matching = new ArrayList<>();
        for (FormatInspector inspector : INSPECTORS) {
            if (inspector.matches(file)) {
                matching.add(inspector);
            }
        }
        DiskFormat format =
                matching.isEmpty() ? DiskFormat.RAW : matching.get(0).format();
        try {
            requireOneFormat(matching, file.head());
            Findings findings =
                    matching.isEmpty() ? inspectRaw(file) : matching.get(0).inspect(file);
            return new DiskImage(format, file.size(), findings.virtualSize(), null, findings.neededFiles());
        } catch (Flaw flaw) {
            return new DiskImage(format, file.size(), null, flaw.getMessage(), List.of());
        }
    }

    /** What is one thing to one reader and another to the next is made to pass a check that the other reader does not make. */
    private static void requireOneFormat(List<FormatInspector> matching, ByteBuffer head) throws Flaw {
        List<String> names = new ArrayList<>(matching.stream()
                .map(inspector -> inspector.format().glanceName())
                .toList());
        boolean mayHavePartitions = names.isEmpty() || names.equals(List.of("iso")) || names.equals(List.of("vhd"));
        if (BootSector.isOne(head) && !mayHavePartitions) {
            names.add("a disk with a partition table");
        }
        Flaw.require(names.size() < 2, "is of several formats in one: " + String.join(", ", names));
    }

    private static Findings inspectRaw(ImageBytes file) throws IOException, Flaw {
        Flaw.require(file.size() > 0, "is empty");
        ByteBuffer head = file.head();
        for (Map.Entry<String, String> compression : COMPRESSIONS.entrySet()) {
            Flaw.require(
                    !ImageBytes.startsWith(head, compression.getKey()),
                    "is compressed, and no cloud boots that: unpack it with " + compression.getValue() + " first");
        }
        for (Map.Entry<String, String> unwanted : UNWANTED_FORMATS.entrySet()) {
            Flaw.require(
                    !ImageBytes.startsWith(head, unwanted.getKey()),
                    "is of the format " + unwanted.getValue() + ", which OpenStack does not take: make a qcow2 of it");
        }
        Flaw.require(
                !ImageBytes.startsWith(head, LUKS_MAGIC)
                        || head.limit() >= LUKS_VERSION_OFFSET + 2 && head.getShort(LUKS_VERSION_OFFSET) == 1,
                "is encrypted with another version of LUKS than 1, which OpenStack does not take");
        if (BootSector.isOne(head)) {
            new BootSector(head).check();
        }
        return new Findings(file.size());
    }
}
