package io.jenkins.plugins.imagefactory.packer;

import io.jenkins.plugins.imagefactory.image.DiskImage;
import java.io.Serializable;

/**
 * A disk image that Packer made.
 *
 * @param path relative to the workspace, with {@code /}
 * @param sha256 hexadecimal
 * @param build name of the build that made it; null if Packer's output does not tell
 */
public record BuiltImage(String path, DiskImage content, String sha256, String build) implements Serializable {}
