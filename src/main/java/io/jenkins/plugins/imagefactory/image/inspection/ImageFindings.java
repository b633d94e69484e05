package io.jenkins.plugins.imagefactory.image.inspection;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.NeededFile;
import java.util.List;

/**
 * What the inspector of a format read in an image without a flaw.
 *
 * @param virtualSize bytes of the disk that a guest sees; null if it is not known
 */
record ImageFindings(@CheckForNull Long virtualSize, List<NeededFile> neededFiles) {
    ImageFindings(Long virtualSize) {
        this(virtualSize, List.of());
    }
}
