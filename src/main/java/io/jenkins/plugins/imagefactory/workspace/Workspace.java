package io.jenkins.plugins.imagefactory.workspace;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The directory in which a build may read and write. What a path really is decides, and not how it is written: nothing outside
 * is reached by an absolute path, by {@code ..}, by a glob or by a symbolic link. Paths are answered as they are written, save
 * for {@code .} and {@code ..}, so that what is used is what was looked at.
 *
 * <p>Who can change the workspace while a path is used is not kept from anything: that is the build itself.
 */
public record Workspace(Path directory) {
    private static final Pattern OF_WINDOWS = Pattern.compile("[A-Za-z]:(/.*)?|.*\\\\.*");

    public Workspace(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /**
     * A regular file to read. What is none, such as a FIFO, is not opened, since that may never return.
     *
     * @param path relative, or absolute and in the workspace
     */
    public Path file(String path) throws IOException {
        Path file = existing(path);
        requireRegular(file);
        return file;
    }

    /** A regular file or a directory to read. */
    public Path existing(String path) throws IOException {
        Path file = resolve(path);
        requireInside(file);
        if (!Files.isDirectory(file)) {
            requireRegular(file);
        }
        return file;
    }

    /** A file to write, which need not exist, and neither need its directory. */
    public Path target(String path) throws IOException {
        Path file = resolve(path);
        requireInsideOf(existingPart(file), path);
        if (Files.exists(file)) {
            requireRegular(file);
        }
        return file;
    }

    /** @throws UnusablePathException if it does not exist, or lies elsewhere than its path says */
    public void requireInside(Path file) throws IOException {
        requireName(file.toAbsolutePath().normalize());
        if (!Files.exists(file)) {
            throw new UnusablePathException(file + " does not exist");
        }
        requireInsideOf(file, file.toString());
    }

    /** With {@code /}. */
    public String relative(Path file) {
        return directory
                .relativize(file.toAbsolutePath().normalize())
                .toString()
                .replace(File.separatorChar, '/');
    }

    private Path resolve(String path) throws IOException {
        try {
            Path file = directory.resolve(path).normalize();
            requireName(file);
            if (!isInsideByName(file)) {
                throw outside(path);
            }
            return file;
        } catch (InvalidPathException e) {
            throw new UnusablePathException("'" + path.replaceAll("\\p{Cntrl}", "?") + "' is no path");
        }
    }

    /** What Jenkins or a log would take for something else than the file system does. */
    private void requireName(Path file) throws IOException {
        String name = isInsideByName(file) ? relative(file) : file.toString();
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new UnusablePathException("'" + name.replaceAll("\\p{Cntrl}", "?")
                    + "' has a line break or another control character in its path, which is not taken");
        }
        if (File.separatorChar == '/' && OF_WINDOWS.matcher(name).matches()) {
            throw new UnusablePathException("'" + name + "' is written as on Windows, which its node is not");
        }
    }

    /** Asks nobody about a file elsewhere: on Windows that may be a host, which would be logged in to. */
    private boolean isInsideByName(Path file) throws IOException {
        return file.startsWith(directory) || file.startsWith(directory.toRealPath());
    }

    private void requireInsideOf(Path existing, String name) throws IOException {
        if (!Files.exists(existing) || !existing.toRealPath().startsWith(directory.toRealPath())) {
            throw outside(name);
        }
    }

    private UnusablePathException outside(String name) {
        return new UnusablePathException(name + " lies outside of the workspace " + directory);
    }

    private static void requireRegular(Path file) throws UnusablePathException {
        if (!Files.isRegularFile(file)) {
            throw new UnusablePathException(file + " is no regular file");
        }
    }

    /** As much of the path as there is: a symbolic link that leads nowhere is there. */
    private static Path existingPart(Path file) {
        Path path = file;
        while (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            path = Objects.requireNonNull(path.getParent(), "the root exists");
        }
        return path;
    }
}
