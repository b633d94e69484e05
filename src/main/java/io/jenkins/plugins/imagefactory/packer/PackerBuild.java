package io.jenkins.plugins.imagefactory.packer;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.List;

/**
 * One build (builder) of a Packer run and how it ended.
 *
 * @param name as Packer prints it: {@code tiny}, or {@code qemu.tiny} for HCL2
 * @param error Packer's words; null if it succeeded
 * @param steps what it did, in order
 * @param lastLines what it printed last before it failed, five lines at most; empty if it did not fail
 */
public record PackerBuild(
        String name,
        Status status,
        Duration duration,
        @CheckForNull String error,
        List<PackerStep> steps,
        List<String> lastLines) {
    /** How a build ended. Packer says of some cancelled builds that they finished. */
    public enum Status {
        SUCCESS,
        FAILURE,
        CANCELLED
    }

    public boolean failed() {
        return status == Status.FAILURE;
    }
}
