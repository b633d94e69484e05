package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * Result of glanceUpload and volumeUpload.
 *
 * @param reused whether Glance had an image with the same data already; null in builds of older versions
 * @param replaced ids of the images that had the name before
 * @param millis how long it took; null in builds of older versions
 */
public record UploadedImage(
        ImageInGlance image,
        @CheckForNull Boolean reused,
        List<String> replaced,
        @CheckForNull Long millis) implements OperationResult {}
