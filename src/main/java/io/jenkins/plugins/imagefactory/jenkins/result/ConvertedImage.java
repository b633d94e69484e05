package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Result of imageConvert.
 *
 * @param path in the workspace
 * @param format as the step calls it
 * @param size bytes
 * @param catalog path of the catalog of a Vagrant box; null if there is none
 */
public record ConvertedImage(
        String path,
        String format,
        long size,
        String sha256,
        @CheckForNull String catalog) implements OperationResult {}
