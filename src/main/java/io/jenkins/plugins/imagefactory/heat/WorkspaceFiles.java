package io.jenkins.plugins.imagefactory.heat;

import io.jenkins.plugins.imagefactory.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.UUID;

/** Text files of a workspace, outside of which nothing is read or written. */
final class WorkspaceFiles {
    private static final long LARGEST = 64L << 20;
    private static final FileAttribute<?>[] ANYBODY = {};
    private static final FileAttribute<?>[] ONLY_OWNER = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private WorkspaceFiles() {}

    static String read(Path workspace, Path file) throws IOException {
        Path checked = new Workspace(workspace).file(file.toString());
        if (Files.size(checked) > LARGEST) {
            throw new RenderException(file + " is larger than " + (LARGEST >> 20) + " MiB, too large for a text");
        }
        try {
            return Files.readString(checked);
        } catch (CharacterCodingException e) {
            throw new RenderException(file + " is no UTF-8 text");
        }
    }

    /** Writes the whole file or nothing; where files have owners, it may be for the owner alone, from its first byte on. */
    static void write(Path workspace, Path file, String text, boolean onlyOwnerReads) throws IOException {
        Path checked = new Workspace(workspace).target(file.toString());
        Files.createDirectories(Objects.requireNonNull(checked.getParent(), "a file has a directory"));
        Path unfinished = checked.resolveSibling("." + checked.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createFile(unfinished, onlyOwnerReads && hasOwners(checked) ? ONLY_OWNER : ANYBODY);
            Files.writeString(unfinished, text);
            Files.move(unfinished, checked, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static boolean hasOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
