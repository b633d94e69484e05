package io.jenkins.plugins.imagefactory.packer;

import java.time.Duration;

/**
 * One thing that a build did, such as {@code Waiting for SSH to become available}.
 *
 * @param name Packer's words, without trailing dots
 * @param duration until the next step of the same build began, or the build ended
 */
public record PackerStep(String name, Duration duration) {}
