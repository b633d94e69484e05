package io.jenkins.plugins.imagefactory.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * A disk image that a program made.
 *
 * @param path relative to the workspace, with {@code /}
 * @param build name of the build that made it; null if that is not known
 */
public record BuiltImage(
        String path,
        DiskImage content,
        DigestedFile file,
        @CheckForNull String build) implements Serializable {
    public String sha256() {
        return file.sha256();
    }
}
