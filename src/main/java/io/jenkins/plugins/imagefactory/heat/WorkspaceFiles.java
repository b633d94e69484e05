package io.jenkins.plugins.imagefactory.heat;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Text files of a workspace: nothing outside of it is read or written, by no {@code ..} and no symbolic link. */
final class WorkspaceFiles {
    private static final long LARGEST = 64L << 20;
    private static final FileAttribute<?>[] ANYBODY = {};
    private static final FileAttribute<?>[] ONLY_OWNER = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private WorkspaceFiles() {}

    static String read(Path workspace, Path file) throws IOException {
        requireInside(workspace, file);
        if (Files.size(file) > LARGEST) {
            throw new RenderException(file + " is larger than " + (LARGEST >> 20) + " MiB, too large for a text");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new RenderException(file + " is no UTF-8 text");
        }
    }

    /** Writes the whole file or nothing; where files have owners, it may be for the owner alone, from its first byte on. */
    static void write(Path workspace, Path file, String text, boolean onlyOwnerReads) throws IOException {
        requireInside(workspace, existing(file.getParent()));
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createFile(unfinished, onlyOwnerReads && hasOwners(file) ? ONLY_OWNER : ANYBODY);
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static boolean hasOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static void requireInside(Path workspace, Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new RenderException(file + " does not exist");
        }
        if (!file.toRealPath().startsWith(workspace.toRealPath())) {
            throw new RenderException(file + " lies outside of the workspace " + workspace);
        }
    }

    private static Path existing(Path directory) {
        Path path = directory.normalize();
        while (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            path = path.getParent();
        }
        return path;
    }
}
