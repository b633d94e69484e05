package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.Util;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.jenkins.failure.FailedOperation;
import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import io.jenkins.plugins.imagefactory.jenkins.result.MadeImage;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import io.jenkins.plugins.imagefactory.jenkins.result.RenderedTemplates;
import io.jenkins.plugins.imagefactory.jenkins.result.SharedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import io.jenkins.plugins.imagefactory.openstack.login.Project;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jenkins.util.BuildListenerAdapter;

/** What a build keeps, as an operation writes and reads it, masked: its record, its artifacts, its fingerprints. */
public final class BuildRecord {
    private static final int LONGEST_SENTENCE = 4000;

    private final BuildContext build;
    private final ImageFactoryAction kept;
    private final Masking masking;

    BuildRecord(BuildContext build) {
        this.build = build;
        this.kept = ImageFactoryAction.of(build.run());
        this.masking = build.masking();
    }

    /**
     * Archives files of the workspace with the build. Names of files are what a build keeps, too.
     *
     * @param files path in the archive, before it is masked, to path in the workspace
     */
    public void archive(Map<String, String> files) throws IOException, InterruptedException {
        if (!files.isEmpty()) {
            build.run()
                    .pickArtifactManager()
                    .archive(
                            build.node().workspace(),
                            build.node().launcher(),
                            BuildListenerAdapter.wrap(build.console().listener()),
                            named(files));
        }
    }

    /** Lets Jenkins tell that this build made these files: path in the workspace to MD5. */
    public void fingerprintMade(Map<String, String> md5s) throws IOException {
        new Fingerprints(build.run()).made(named(md5s));
    }

    /** Lets Jenkins tell that this build used a file, and where it came from if another build made it. */
    public void fingerprintUsed(String path, String md5) throws IOException {
        new Fingerprints(build.run()).used(named(Map.of(path, md5)));
    }

    /** By the paths that results and the build's record have. */
    private Map<String, String> named(Map<String, String> ofPaths) {
        Map<String, String> named = new LinkedHashMap<>();
        ofPaths.forEach((path, value) -> named.put(masking.data(path), value));
        return named;
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
    public void imageBuilt(MadeImage image, @CheckForNull String packerVersion, boolean archived) throws IOException {
        kept.imageBuilt(masking.data(image), masking.data(packerVersion), archived);
    }

    /** Keeps the SHA-256 of a file that a step has made on the node, lest another step computes it again. */
    public void fileDigested(FilePath path, DigestedFile file) {
        kept.fileDigested(node(), masking.data(path.getRemote()), file);
    }

    /** A file on the node as a step of this build has made and digested it; it may have changed since. */
    public Optional<DigestedFile> digested(FilePath path) {
        return kept.digested(node(), masking.data(path.getRemote()));
    }

    private String node() {
        return Util.fixNull(build.node().env().get("NODE_NAME"));
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

    /** Keeps a stack, as the build knows it now. */
    public void stackLaunched(LaunchedStack stack, String cloud, Project project) throws IOException {
        kept.stackLaunched(new HeatStack(masking.data(stack), masking.data(cloud), masking.data(project.name())));
    }

    /** What it keeps of that stack, if anything, says that it is gone. */
    public void stackDeleted(String id) throws IOException {
        kept.stackDeleted(id);
    }

    /** Keeps that an operation failed, and says so in the console where a link from the build's page leads to. */
    public void failed(String step, String sentence) throws IOException {
        String masked = Objects.requireNonNullElse(masking.text(sentence), "");
        Optional<FailedOperation> failure = kept.failed(
                step, masked.length() > LONGEST_SENTENCE ? masked.substring(0, LONGEST_SENTENCE) + "…" : masked);
        if (failure.isPresent()) {
            build.console().listener().getLogger().println("[" + step + "] failed");
        }
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
