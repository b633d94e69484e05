package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.WorkspacePaths;
import java.io.IOException;
import java.util.List;

/** The one file that a step takes from the workspace. */
final class FileParameter {
    private FileParameter() {}

    /**
     * @param pattern a path, or an Ant glob that must match exactly one file
     * @param step how the error calls the step
     */
    static FilePath matching(BuildContext build, String pattern, String step) throws IOException, InterruptedException {
        BuildContext.require(!pattern.isEmpty(), step + " needs 'file': the image file");
        WorkspacePaths paths = WorkspacePaths.of(build);
        FilePath exact = build.workspace().child(pattern);
        if (exact.exists() && !exact.isDirectory()) {
            return paths.file(pattern);
        }
        FilePath[] matches = build.workspace().list(pattern);
        if (matches.length == 1) {
            return paths.file(matches[0].getRemote());
        }
        throw new AbortException(
                matches.length == 0
                        ? "no file matches '" + pattern + "' in "
                                + build.workspace().getRemote()
                        : "'" + pattern + "' matches " + matches.length + " files in "
                                + build.workspace().getRemote() + ", and " + step + " takes one: "
                                + List.of(matches).stream()
                                        .map(FilePath::getName)
                                        .sorted()
                                        .toList());
    }
}
