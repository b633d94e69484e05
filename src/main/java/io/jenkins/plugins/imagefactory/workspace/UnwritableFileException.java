package io.jenkins.plugins.imagefactory.workspace;

import java.io.IOException;
import java.nio.file.Path;

/** A file could not be written; the message is one sentence that names it and tells whether its disk is full. */
public final class UnwritableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean diskFull;

    public UnwritableFileException(Path file, IOException cause) {
        this(file, FullDisk.explains(file, cause), cause);
    }

    private UnwritableFileException(Path file, boolean diskFull, IOException cause) {
        super(file + " could not be written: " + (diskFull ? "its disk is full" : cause.getMessage()), cause);
        this.diskFull = diskFull;
    }

    public boolean isDiskFull() {
        return diskFull;
    }
}
