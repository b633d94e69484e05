package io.jenkins.plugins.imagefactory.packer;

import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import java.io.Serializable;

/**
 * A disk image that Packer made.
 *
 * @param path relative to the workspace, with {@code /}
 * @param build name of the build that made it; null if Packer's output does not tell
 */
public record BuiltImage(String path, DiskImage content, Digests digests, String build) implements Serializable {
    public String sha256() {
        return digests.sha256();
    }
}
