package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The files of which a disk image consists, which all lie within one directory: an image that comes from elsewhere could
 * otherwise have any file of the machine copied into another image.
 */
public final class ImageFiles {
    private final Path directory;
    private final Set<Path> visited = new HashSet<>();

    private ImageFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Inspects the image and all files that it names.
     *
     * @return what the content of the image says
     * @throws UnusableImageException if it has a flaw other than to consist of several files, or names one outside of the
     *     directory
     */
    public static DiskImage inspect(Path image, Path directory) throws IOException {
        return new ImageFiles(directory.toRealPath()).add(image);
    }

    private DiskImage add(Path file) throws IOException {
        visited.add(file.toRealPath());
        DiskImage content = DiskImage.inspect(file);
        if (content.neededFiles().isEmpty()) {
            return content.requireSound(file);
        }
        for (String name : content.neededFiles()) {
            Path needed = resolve(file, name);
            if (!visited.contains(needed.toRealPath())) {
                add(needed);
            }
        }
        return content;
    }

    /** The file by the path that QEMU makes of its name. */
    private Path resolve(Path file, String name) throws IOException {
        if (name.isEmpty() || isOfAProtocol(name)) {
            throw new UnusableImageException(
                    file + " needs " + (name.isEmpty() ? "a file that it does not name clearly" : "'" + name + "'")
                            + ", and only files of the workspace are taken");
        }
        Path needed = file.resolveSibling(name);
        if (!Files.isRegularFile(needed)) {
            throw new UnusableImageException(file + " needs '" + name + "', which is no file there");
        }
        if (!needed.toRealPath().startsWith(directory)) {
            throw new UnusableImageException(file + " needs '" + name + "', which lies outside of the workspace "
                    + directory + ": bring it there, or flatten the image where both are");
        }
        return needed;
    }

    /** As QEMU tells them apart: {@code json:}, {@code nbd:} and the like. */
    private static boolean isOfAProtocol(String name) {
        int colon = name.indexOf(':');
        int slash = name.indexOf('/');
        return colon > 1 && (slash < 0 || colon < slash);
    }
}
