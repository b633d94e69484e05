package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Result of glanceDownload.
 *
 * @param path in the workspace
 * @param size bytes
 * @param hash as Glance keeps it; null if it keeps none
 * @param verified whether the file has the digest that Glance keeps
 */
public record DownloadedImage(
        String path, Long size, @CheckForNull String hash, String hashAlgorithm, boolean verified)
        implements OperationResult {}
