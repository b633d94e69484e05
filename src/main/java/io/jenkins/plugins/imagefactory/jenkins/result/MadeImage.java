package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.BuiltImage;
import java.util.List;

/**
 * An image file that a step made.
 *
 * @param path in the workspace
 * @param format as Glance names it
 * @param size bytes of the file
 * @param virtualSize bytes of the disk; null if the file does not tell
 * @param builder who made it; null if that is not known
 */
public record MadeImage(
        String path,
        String format,
        Long size,
        @CheckForNull Long virtualSize,
        String sha256,
        @CheckForNull String builder) {
    public static MadeImage of(BuiltImage image) {
        return new MadeImage(
                image.path(),
                image.content().format().glanceName(),
                image.content().size(),
                image.content().virtualSize(),
                image.sha256(),
                image.build());
    }

    /** Path of the only one; null if there are none or several. */
    @CheckForNull
    static String only(List<MadeImage> images) {
        return images.size() == 1 ? images.get(0).path() : null;
    }
}
