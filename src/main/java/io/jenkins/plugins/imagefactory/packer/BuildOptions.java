package io.jenkins.plugins.imagefactory.packer;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;

/**
 * How {@code packer build} goes about it.
 *
 * @param force whether to overwrite what an earlier build left
 * @param onError what to do when a build fails: {@code cleanup}, {@code abort} or {@code run-cleanup-provisioner}; null
 *     for Packer's default
 * @param parallelBuilds how many builds run at a time; 0 for all
 * @param timestampUi whether Packer puts the time before its lines
 */
public record BuildOptions(boolean force, @CheckForNull String onError, int parallelBuilds, boolean timestampUi) {
    /** What works without a person at a terminal: not {@code ask}. */
    public static final List<String> ON_ERROR = List.of("cleanup", "abort", "run-cleanup-provisioner");

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (force) {
            arguments.add("-force");
        }
        if (onError != null) {
            arguments.add("-on-error=" + onError);
        }
        if (parallelBuilds > 0) {
            arguments.add("-parallel-builds=" + parallelBuilds);
        }
        if (timestampUi) {
            arguments.add("-timestamp-ui");
        }
        return arguments;
    }
}
