package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import java.io.IOException;

/** Knows one format of disk images. */
interface FormatInspector {
    DiskFormat format();

    /** As a sentence calls the format. */
    default String name() {
        return format().glanceName();
    }

    /** Whether the file is of this format by its content, be it sound or not. */
    boolean matches(ImageBytes file) throws IOException;

    /** Whether a file of this format may begin with the boot sector of its disk. */
    default boolean mayBeginWithPartitions(ImageBytes file) throws IOException {
        return false;
    }

    /**
     * Reads the headers of a file of this format, and the tables by which it finds its data.
     *
     * @throws ImageFlaw if no cloud should be given the file, whatever other files there are
     */
    ImageFindings inspect(ImageBytes file) throws IOException, ImageFlaw;
}
