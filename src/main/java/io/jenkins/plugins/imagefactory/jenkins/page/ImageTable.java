package io.jenkins.plugins.imagefactory.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jenkins.run.GlanceImage;
import io.jenkins.plugins.imagefactory.jenkins.run.ProjectShare;
import java.util.List;
import java.util.function.Function;

/** The images of a build in rows, and what all of several have in common, which is said once. */
public final class ImageTable {
    private final List<GlanceImage> images;

    ImageTable(List<GlanceImage> images) {
        this.images = images;
    }

    public List<GlanceImage> getRows() {
        return images;
    }

    /** Whether several images are all in one project. */
    public boolean isInOneProject() {
        return common(GlanceImage::getCloud) != null && common(GlanceImage::getProject) != null;
    }

    /** With whom, and with what success; null if that differs, or for one image only. */
    @CheckForNull
    public String getCommonShares() {
        String shares = common(ImageTable::shares);
        return shares == null || shares.isEmpty() ? null : shares;
    }

    /** Whether the rows have something to say of shares. */
    public boolean isSharedDifferently() {
        return getCommonShares() == null
                && images.stream().anyMatch(image -> !shares(image).isEmpty());
    }

    /** {@code dev accepted, prod pending}; without those that failed. */
    public static String shares(GlanceImage image) {
        return String.join(
                ", ",
                image.getShares().stream()
                        .filter(share -> share.getError() == null)
                        .map(share -> share.getName() + " " + share.getLabel())
                        .toList());
    }

    public static List<ProjectShare> failedShares(GlanceImage image) {
        return image.getShares().stream()
                .filter(share -> share.getError() != null)
                .toList();
    }

    private String common(Function<GlanceImage, String> fact) {
        List<String> facts = images.stream().map(fact).distinct().toList();
        return images.size() > 1 && facts.size() == 1 ? facts.get(0) : null;
    }
}
