package io.jenkins.plugins.imagefactory.packer;

import java.time.Duration;

/**
 * One build (builder) of a Packer run and how it ended.
 *
 * @param name as Packer prints it: {@code tiny}, or {@code qemu.tiny} for HCL2
 * @param error Packer's words; null if it succeeded
 */
public record PackerBuild(String name, Duration duration, String error) {
    public boolean succeeded() {
        return error == null;
    }
}
