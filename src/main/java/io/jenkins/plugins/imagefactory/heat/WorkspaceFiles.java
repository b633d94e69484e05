package io.jenkins.plugins.imagefactory.heat;

import io.jenkins.plugins.imagefactory.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Text files of a workspace, outside of which nothing is read or written. */
final class WorkspaceFiles {
    private WorkspaceFiles() {}

    static String read(Path workspace, Path file) throws IOException {
        Path checked = new Workspace(workspace).file(file.toString());
        try {
            return Files.readString(checked);
        } catch (CharacterCodingException e) {
            throw new RenderException(file + " is no UTF-8 text");
        }
    }

    /** Writes the whole file or nothing. */
    static void write(Path workspace, Path file, String text) throws IOException {
        Path checked = new Workspace(workspace).target(file.toString());
        Files.createDirectories(checked.getParent());
        Path unfinished = checked.resolveSibling("." + checked.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(unfinished, text, StandardOpenOption.CREATE_NEW);
            Files.move(unfinished, checked, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
