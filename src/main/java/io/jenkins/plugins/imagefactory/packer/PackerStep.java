package io.jenkins.plugins.imagefactory.packer;

import java.time.Duration;

/**
 * A step inside a build, such as the boot, a provisioner or the conversion.
 *
 * @param name Packer's words
 * @param duration until the build's next step, or its end
 */
public record PackerStep(String name, Duration duration) {}
