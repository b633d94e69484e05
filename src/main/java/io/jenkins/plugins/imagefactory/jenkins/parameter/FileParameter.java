package io.jenkins.plugins.imagefactory.jenkins.parameter;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.io.IOException;
import java.util.List;

/** The one file that a step takes from the workspace. */
public final class FileParameter {
    private FileParameter() {}

    /**
     * @param pattern a path, or an Ant glob that must match exactly one file
     * @param step how the error calls the step
     */
    public static FilePath matching(BuildContext build, String pattern, String step)
            throws IOException, InterruptedException {
        StepParameters.require(!pattern.isEmpty(), step + " needs 'file': the image file");
        WorkspacePaths paths = WorkspacePaths.of(build.node());
        FilePath exact = build.node().workspace().child(pattern);
        if (exact.exists() && !exact.isDirectory()) {
            return paths.file(pattern);
        }
        FilePath[] matches = build.node().workspace().list(pattern);
        if (matches.length == 1) {
            return paths.file(matches[0].getRemote());
        }
        throw new AbortException(
                matches.length == 0
                        ? "no file matches '" + pattern + "' in "
                                + build.node().workspace().getRemote()
                        : "'" + pattern + "' matches " + matches.length + " files in "
                                + build.node().workspace().getRemote() + ", and " + step + " takes one: "
                                + List.of(matches).stream()
                                        .map(FilePath::getName)
                                        .sorted()
                                        .toList());
    }
}
