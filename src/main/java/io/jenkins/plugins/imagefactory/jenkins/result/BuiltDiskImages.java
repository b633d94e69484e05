package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * Result of diskImageBuild.
 *
 * @param image path of the only image; null if there are several
 * @param files paths of all files in the workspace
 * @param logFile path in the workspace
 */
public record BuiltDiskImages(
        @CheckForNull String image,
        List<MadeImage> images,
        List<String> files,
        String logFile,
        String dibVersion,
        long millis)
        implements OperationResult {
    public BuiltDiskImages(List<MadeImage> images, List<String> files, String logFile, String dibVersion, long millis) {
        this(MadeImage.only(images), images, files, logFile, dibVersion, millis);
    }
}
