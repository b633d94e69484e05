package io.jenkins.plugins.imagefactory.jenkins.run;

import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.MadeImage;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import io.jenkins.plugins.imagefactory.jenkins.result.RenderedTemplates;
import io.jenkins.plugins.imagefactory.jenkins.result.SharedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import java.io.IOException;
import java.util.List;
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
     * @param logArchived whether its log is archived with the build
     */
    public void packerRan(PackerRun ran, boolean logArchived) throws IOException {
        kept.packerRan(masking.data(ran), logArchived);
    }

    /**
     * Keeps an image file.
     *
     * @param packerVersion null if Packer did not make it
     * @param archived whether it is archived with the build
     */
    public void imageBuilt(MadeImage image, String packerVersion, boolean archived) throws IOException {
        kept.imageBuilt(masking.data(image), masking.data(packerVersion), archived);
    }

    public void imageUploaded(UploadedImage image) throws IOException {
        kept.imageUploaded(masking.data(image));
    }

    public void imageShared(ImageInGlance image, List<SharedImage.Project> projects) throws IOException {
        kept.imageShared(masking.data(image), masking.data(projects));
    }

    public void templateRendered(RenderedTemplates.Template template, boolean archived) throws IOException {
        kept.templateRendered(masking.data(template), archived);
    }

    /** The images this build uploaded so far, the newest last. */
    public List<UploadedImage> uploadedImages() {
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
