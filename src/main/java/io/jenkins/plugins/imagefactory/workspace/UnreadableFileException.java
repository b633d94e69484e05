package io.jenkins.plugins.imagefactory.workspace;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file could not be read, which is the fault of nobody but its node; the message is one sentence that names it. */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableFileException(Path file, IOException cause) {
        super(file + " could not be read: " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileNotFoundException) {
            return cause.getMessage().replaceFirst("(?s).* \\((.*)\\)", "$1");
        }
        return cause instanceof NoSuchFileException ? "it is gone" : cause.getMessage();
    }
}
