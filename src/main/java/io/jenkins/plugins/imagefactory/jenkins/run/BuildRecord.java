package io.jenkins.plugins.imagefactory.jenkins.run;

import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this plugin keeps about a build, as an operation writes and reads it: masked. */
public final class BuildRecord {
    private final ImageFactoryAction kept;
    private final Masking masking;

    BuildRecord(ImageFactoryAction kept, Masking masking) {
        this.kept = kept;
        this.masking = masking;
    }

    /**
     * Keeps what became of a run of Packer, also of one that failed.
     *
     * @param result as packerBuild returns it
     * @param logArchived whether its log is archived with the build
     */
    public void packerRan(Map<String, Object> result, boolean logArchived) throws IOException {
        kept.packerRan(masking.map(result), logArchived);
    }

    /** @param image one of the images of what packerBuild returns, and {@code packerVersion} and {@code archived} */
    public void imageBuilt(Map<String, Object> image) throws IOException {
        kept.imageBuilt(masking.map(image));
    }

    /** @param image as glanceUpload returns it */
    public void imageUploaded(Map<String, Object> image) throws IOException {
        kept.imageUploaded(masking.map(image));
    }

    /**
     * @param image as glanceUpdate returns it
     * @param projects as glanceShare returns them
     */
    public void imageShared(Map<String, Object> image, List<Map<String, Object>> projects) throws IOException {
        kept.imageShared(masking.map(image), projects.stream().map(masking::map).toList());
    }

    /** @param template one of what heatRender returns */
    public void templateRendered(Map<String, Object> template, boolean archived) throws IOException {
        kept.templateRendered(masking.map(template), archived);
    }

    /** The images this build uploaded so far, as glanceUpload returned them, the newest last. */
    public List<Map<String, Object>> uploadedImages() {
        return kept.uploadedImages();
    }

    /** The id of the last image that this build uploaded, or that Packer made in a cloud if it uploaded none. */
    public Optional<String> imageId() {
        return kept.imageId();
    }

    /** The version of Packer that made an image of this build, if Packer made it. */
    public Optional<String> packerVersion(String sha256) {
        return kept.packerVersion(sha256);
    }
}
