package io.jenkins.plugins.imagefactory.jenkins.result;

import java.util.Optional;

/**
 * Result of imageBoot. The files are paths in the workspace, of those that there are.
 *
 * @param booted true: a boot that fails has no result
 * @param millis until it had booted
 * @param console what the serial console showed
 * @param screenshot PNG
 * @param report of the checks, as JUnit writes it
 */
public record BootedImage(
        boolean booted, long millis, Optional<String> console, Optional<String> screenshot, Optional<String> report)
        implements OperationResult {}
