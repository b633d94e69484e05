package io.jenkins.plugins.imagefactory.jenkins.convert;

import hudson.FilePath;
import io.jenkins.plugins.imagefactory.image.DiskFormat;

/**
 * The image to convert, which has been inspected.
 *
 * @param virtualBytes size of the disk as a guest sees it
 */
record SourceImage(FilePath file, DiskFormat format, long virtualBytes) {}
