package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.NeededFile;
import io.jenkins.plugins.imagefactory.image.Quoted;
import io.jenkins.plugins.imagefactory.image.UnusableImageException;
import io.jenkins.plugins.imagefactory.workspace.UnusablePathException;
import io.jenkins.plugins.imagefactory.workspace.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A VMDK whose data lies in other files of a workspace. QEMU opens the files that a description names and cannot be told
 * others, so it gets a description that is written here, of what was found to be sound.
 *
 * @param description with the real path of each file
 */
public record SplitVmdk(String description) {
    private static final int SECTOR_BYTES = 512;
    private static final int MOST_EXTENTS = 1000;
    /** QEMU reads no more of a name. */
    private static final int LONGEST_NAME_BYTES = 511;

    private static final Pattern EXTENT = Pattern.compile(
            "(?i)(RW|RDONLY)[ \\t]+(\\d{1,15})[ \\t]+(FLAT|VMFS|SPARSE)[ \\t]+\"([^\"]+)\"(?:[ \\t]+(\\d{1,15}))?\\s*");
    private static final Pattern EXTENT_BEGINNING = Pattern.compile("(?i)\\s*(RW|RDONLY|NOACCESS).*", Pattern.DOTALL);
    /** QEMU skips empty lines as it reads the next one, and then reads that once more: a comment must stand before extents. */
    private static final String BEGINNING = """
            # Disk DescriptorFile
            version=1
            CID=fffffffe
            parentCID=ffffffff
            createType="twoGbMaxExtentSparse"

            # Extent description
            """;

    /** Whether the file is such a description, be it sound or not. */
    public static boolean isOne(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ImageBytes bytes = new ImageBytes(channel);
            return new VmdkInspector().matches(bytes) && !VmdkExtent.isSparse(bytes);
        }
    }

    /**
     * Reads the description and inspects all that it names.
     *
     * @param image has been inspected
     * @param workspace outside of which no file is taken
     * @throws UnusableImageException if it needs what is not taken
     */
    public static SplitVmdk of(Path image, Path workspace) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            VmdkDescription description = VmdkDescription.ofText(new ImageBytes(channel));
            for (NeededFile parent : description.parents()) {
                throw new UnusableImageException(image + " holds only the differences to " + parent.text()
                        + ": flatten it where both are, if you trust both, with 'qemu-img convert -f vmdk -O qcow2 "
                        + image.getFileName() + " flat.qcow2'");
            }
            return new SplitVmdk(BEGINNING + extents(description.text(), image, new Workspace(workspace)));
        } catch (ImageFlaw flaw) {
            throw new UnusableImageException(image + " " + flaw.getMessage());
        }
    }

    private static String extents(String description, Path image, Workspace workspace) throws IOException, ImageFlaw {
        List<String> extents = new ArrayList<>();
        for (String line : description.split("\n")) {
            if (!EXTENT_BEGINNING.matcher(line).matches()) {
                continue;
            }
            Matcher extent = EXTENT.matcher(line);
            ImageFlaw.require(
                    extent.matches(),
                    "is a VMDK with an extent of a kind that is not taken: "
                            + Quoted.text(VmdkDescription.path(line.strip())));
            extents.add(extent(extent, image, workspace));
            ImageFlaw.require(extents.size() <= MOST_EXTENTS, "is a VMDK of more than " + MOST_EXTENTS + " extents");
        }
        ImageFlaw.require(!extents.isEmpty(), "is the description of a VMDK that names no file with data");
        return String.join("", extents);
    }

    /** The line of one extent, with the path that its file really has. */
    private static String extent(Matcher extent, Path image, Workspace workspace) throws IOException, ImageFlaw {
        long sectors = Long.parseLong(extent.group(2));
        String line = "RW " + sectors + " ";
        Path file = resolve(image, VmdkDescription.path(extent.group(4)), workspace);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ImageBytes bytes = new ImageBytes(channel);
            if (extent.group(3).equalsIgnoreCase("SPARSE")) {
                ImageFlaw.require(
                        extent.group(5) == null, "is a VMDK with a sparse extent that does not begin with its file");
                requireSparse(bytes, file, sectors);
                return line + "SPARSE \"" + file + "\"\n";
            }
            long start = extent.group(5) == null ? 0 : Long.parseLong(extent.group(5));
            bytes.requireHolds(start * SECTOR_BYTES, sectors * SECTOR_BYTES);
            return line + "FLAT \"" + file + "\" " + start + "\n";
        }
    }

    private static Path resolve(Path image, String name, Workspace workspace) throws IOException, ImageFlaw {
        String needed = "needs " + new NeededFile("the extent", name).text();
        try {
            Path file = image.resolveSibling(name);
            ImageFlaw.require(Files.isRegularFile(file), needed + ", which is no regular file there");
            requireInside(file, needed, workspace);
            Path real = file.toRealPath();
            String path = real.toString();
            ImageFlaw.require(
                    path.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME_BYTES
                            && path.chars().noneMatch(letter -> letter == '"' || letter < ' '),
                    needed + ", whose path is too long or has a letter that a description cannot hold");
            return real;
        } catch (InvalidPathException e) {
            throw new ImageFlaw(needed + ", which is no path");
        }
    }

    private static void requireInside(Path file, String needed, Workspace workspace) throws IOException, ImageFlaw {
        try {
            workspace.requireInside(file);
        } catch (UnusablePathException e) {
            throw new ImageFlaw(needed + ", which lies outside of the workspace " + workspace.directory()
                    + ": bring it there, or flatten the image where both are");
        }
    }

    /** An extent that says nothing of its size has a description, of which QEMU would open what it names. */
    private static void requireSparse(ImageBytes file, Path path, long sectors) throws IOException, ImageFlaw {
        ImageFlaw.require(VmdkExtent.isSparse(file), "names " + path + " as a sparse extent, which it is not");
        VmdkExtent extent = VmdkExtent.of(file);
        ImageFlaw.require(
                extent.capacityBytes() > 0 && extent.capacityBytes() >= sectors * SECTOR_BYTES,
                "names " + path + " as an extent of more than it holds");
        ImageFlaw.require(
                VmdkDescription.inside(file, 0).parents().isEmpty(),
                "has an extent that is not whole by itself: " + path);
        extent.requireWhole(file);
    }
}
