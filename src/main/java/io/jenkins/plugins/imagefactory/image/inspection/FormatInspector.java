package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import java.io.IOException;

/** Knows one format of disk images. */
interface FormatInspector {
    DiskFormat format();

    /** Whether the file is of this format by its content, be it sound or not. */
    boolean matches(ImageBytes file) throws IOException;

    /**
     * Reads the headers of a file of this format, and the tables by which it finds its data.
     *
     * @throws Flaw if no cloud should be given the file, whatever other files there are
     */
    Findings inspect(ImageBytes file) throws IOException, Flaw;
}
