package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.UnusableImageException;
import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells what a disk image file is, whether it is whole, and what other files it needs. It refuses at least what OpenStack's
 * own format inspector refuses. It believes nothing that it reads: every number may be a lie.
 *
 * @see <a href="https://docs.openstack.org/oslo.utils/latest/reference/imageutils.html">oslo.utils: imageutils</a>
 */
public final class ImageInspection {
    private static final List<FormatInspector> INSPECTORS = Stream.concat(
                    Stream.of(
                            new Qcow2Inspector(),
                            new VmdkInspector(),
                            new VhdxInspector(),
                            new VdiInspector(),
                            new VhdInspector(),
                            new IsoInspector(),
                            new LuksInspector()),
                    OtherFormat.ALL.stream())
            .toList();

    private ImageInspection() {}

    /**
     * Reads the headers of the file, and the tables by which it finds its data.
     *
     * @throws UnusableImageException if it is no regular file; it is not opened then, since a FIFO would hold who opens it
     * @throws UnreadableFileException if the node cannot read it
     */
    public static DiskImage of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UnusableImageException(file + " is no regular file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return inspect(new ImageBytes(channel));
        } catch (UnusableImageException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableFileException(file, e);
        }
    }

    private static DiskImage inspect(ImageBytes file) throws IOException {
        List<FormatInspector> matching = new ArrayList<>();
        for (FormatInspector inspector : INSPECTORS) {
            if (inspector.matches(file)) {
                matching.add(inspector);
            }
        }
        FormatInspector inspector = matching.isEmpty() ? new RawInspector() : matching.get(0);
        DiskFormat format = inspector.format();
        try {
            boolean partitioned = BootSector.isOne(file.head());
            requireOneFormat(matching, partitioned && !inspector.mayBeginWithPartitions(file));
            ImageFindings findings = inspector.inspect(file);
            if (partitioned) {
                new BootSector(file.head()).check();
            }
            return new DiskImage(format, file.size(), findings.virtualSize(), null, findings.neededFiles());
        } catch (ImageFlaw flaw) {
            return new DiskImage(format, file.size(), null, flaw.getMessage(), List.of());
        }
    }

    /** What is one thing to one reader and another to the next is made to pass a check that the other reader does not make. */
    private static void requireOneFormat(List<FormatInspector> matching, boolean isPartitionedToo) throws ImageFlaw {
        List<String> names =
                new ArrayList<>(matching.stream().map(FormatInspector::name).toList());
        if (isPartitionedToo) {
            names.add("a disk with a partition table");
        }
        ImageFlaw.require(names.size() < 2, "is of several formats in one: " + String.join(", ", names));
    }
}
