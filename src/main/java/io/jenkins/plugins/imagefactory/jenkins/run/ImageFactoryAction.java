package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.jenkins.failure.FailedOperation;
import io.jenkins.plugins.imagefactory.jenkins.node.KnownFile;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.MadeImage;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import io.jenkins.plugins.imagefactory.jenkins.result.RenderedTemplates;
import io.jenkins.plugins.imagefactory.jenkins.result.SharedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What this plugin keeps with a build: the runs of Packer, the image files, the images in Glance and the rendered templates.
 * The build's page shows them, its {@code api/json} tells them, and the last of each kind reaches later build steps as
 * environment variables. Part of {@code build.xml}, as {@link GlanceImage} is.
 */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class ImageFactoryAction extends InvisibleAction implements EnvironmentContributingAction, RunAction2 {
    /** At any depth of {@code api/json}. */
    static final int EXPORTED = 999;

    private static final int MOST_FAILURES = 100;

    /* A build may be written at any time: lists are replaced and never changed. */
    private volatile List<FinishedPackerRun> packerRuns = new ArrayList<>();
    private volatile List<ImageFile> imageFiles = new ArrayList<>();
    private volatile List<GlanceImage> images = new ArrayList<>();
    private volatile List<HeatFile> heatTemplates = new ArrayList<>();
    /* Null where there are none: a build of an older version stays what it was. */
    private volatile List<KnownFile> knownFiles;
    private volatile List<HeatStack> stacks;
    private volatile List<FailedOperation> failures;
    private transient Run<?, ?> run;

    /** The one of this build, made when first asked for. */
    static ImageFactoryAction of(Run<?, ?> run) {
        synchronized (run) {
            ImageFactoryAction action = run.getAction(ImageFactoryAction.class);
            if (action == null) {
                action = new ImageFactoryAction();
                action.run = run;
                run.addAction(action);
            }
            return action;
        }
    }

    /** What an older version did not keep is not there. */
    private Object readResolve() {
        packerRuns = orNone(packerRuns);
        imageFiles = orNone(imageFiles);
        images = orNone(images);
        heatTemplates = orNone(heatTemplates);
        return this;
    }

    private static <T> List<T> orNone(List<T> read) {
        return Objects.requireNonNullElseGet(read, ArrayList::new);
    }

    @Override
    public void onAttached(Run<?, ?> build) {
        run = build;
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        run = build;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    synchronized void packerRan(PackerRun ran, boolean logArchived) throws IOException {
        packerRuns = with(packerRuns, new FinishedPackerRun(ran, logArchived));
        run.save();
    }

    synchronized void imageBuilt(MadeImage image, String packerVersion, boolean archived) throws IOException {
        imageFiles = with(imageFiles, new ImageFile(image, packerVersion, archived));
        run.save();
    }

    /** A step that a restart broke off tells of its image once more. */
    synchronized void imageUploaded(UploadedImage uploaded) throws IOException {
        boolean reused = Boolean.TRUE.equals(uploaded.reused());
        List<GlanceImage> others = images.stream()
                .filter(kept ->
                        reused || !Objects.equals(kept.getId(), uploaded.image().id()))
                .toList();
        images = with(others, GlanceImage.uploaded(uploaded));
        run.save();
    }

    synchronized void imageShared(ImageInGlance image, List<SharedImage.Project> projects) throws IOException {
        GlanceImage shared = images.stream()
                .filter(kept -> Objects.equals(kept.getId(), image.id()))
                .findFirst()
                .orElse(null);
        if (shared == null) {
            shared = GlanceImage.found(image);
            images = with(images, shared);
        }
        shared.share(projects.stream().map(ProjectShare::new).toList());
        run.save();
    }

    synchronized void templateRendered(RenderedTemplates.Template template, boolean archived) throws IOException {
        heatTemplates = with(heatTemplates, new HeatFile(template, archived));
        run.save();
    }

    /** Saved with what else is kept: what is lost of it is computed again. */
    synchronized void fileDigested(String node, String path, DigestedFile file) {
        List<KnownFile> known = new ArrayList<>(orNone(knownFiles));
        known.removeIf(earlier -> earlier.isAt(node, path));
        KnownFile now = KnownFile.of(node, path, file);
        if (now != null) {
            known.add(now);
        }
        knownFiles = known;
    }

    Optional<DigestedFile> digested(String node, String path) {
        return orNone(knownFiles).stream()
                .filter(known -> known.isAt(node, path))
                .map(KnownFile::digested)
                .findFirst();
    }

    /** A step that a restart broke off tells of its stack once more. */
    synchronized void stackLaunched(HeatStack stack) throws IOException {
        List<HeatStack> others = orNone(stacks).stream()
                .filter(kept -> !Objects.equals(kept.getId(), stack.getId()))
                .toList();
        stacks = with(others, stack);
        run.save();
    }

    synchronized void stackDeleted(String id) throws IOException {
        if (orNone(stacks).stream().anyMatch(kept -> Objects.equals(kept.getId(), id))) {
            stacks = new ArrayList<>(stacks);
            stacks.replaceAll(kept -> Objects.equals(kept.getId(), id) ? kept.gone() : kept);
            run.save();
        }
    }

    /**
     * Keeps the first hundred: a Pipeline may try again for as long as it likes.
     *
     * @return empty if there are more already
     */
    synchronized Optional<FailedOperation> failed(String step, String sentence) throws IOException {
        List<FailedOperation> before = orNone(failures);
        if (before.size() == MOST_FAILURES) {
            return Optional.empty();
        }
        FailedOperation failure = new FailedOperation(step, sentence);
        failures = with(before, failure);
        run.save();
        return Optional.of(failure);
    }

    private static <T> List<T> with(List<T> kept, T more) {
        List<T> all = new ArrayList<>(kept);
        all.add(more);
        return all;
    }

    /** What became of each run of Packer so far, the newest last. */
    @Exported
    public List<FinishedPackerRun> getPackerRuns() {
        return List.copyOf(packerRuns);
    }

    /** The image files this build made so far, the newest last. */
    @Exported
    public List<ImageFile> getImageFiles() {
        return List.copyOf(imageFiles);
    }

    /** The images in Glance that this build uploaded or shared so far, the newest last. */
    @Exported
    public List<GlanceImage> getImages() {
        return List.copyOf(images);
    }

    /** The templates this build rendered so far, the newest last. */
    @Exported
    public List<HeatFile> getHeatTemplates() {
        return List.copyOf(heatTemplates);
    }

    /** The stacks this build launched or changed so far, the newest last. */
    @Exported
    public List<HeatStack> getStacks() {
        return List.copyOf(orNone(stacks));
    }

    /** The operations that failed so far, the newest last. */
    @Exported
    public List<FailedOperation> getFailures() {
        return List.copyOf(orNone(failures));
    }

    /** The images this build uploaded so far, the newest last. */
    public List<UploadedImage> uploadedImages() {
        return images.stream()
                .filter(GlanceImage::isUploaded)
                .map(GlanceImage::asUploaded)
                .toList();
    }

    /** The id of the last image that this build uploaded, or that Packer made in a cloud if it uploaded none. */
    public Optional<String> imageId() {
        List<String> uploaded = images.stream()
                .filter(GlanceImage::isUploaded)
                .map(GlanceImage::getId)
                .toList();
        List<String> made = packerRuns.stream()
                .flatMap(packerRun -> packerRun.getImageIds().stream())
                .toList();
        return last(uploaded.isEmpty() ? made : uploaded);
    }

    /** The version of Packer that made an image of this build, if Packer made it. */
    Optional<String> packerVersion(String sha256) {
        return imageFiles.stream()
                .filter(file -> sha256.equals(file.getSha256()) && file.getPackerVersion() != null)
                .map(ImageFile::getPackerVersion)
                .findFirst();
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars env) {
        last(imageFiles).ifPresent(file -> {
            put(env, "IMAGE_FILE", file.getPath());
            put(env, "IMAGE_SHA256", file.getSha256());
        });
        imageId().ifPresent(id -> env.put("IMAGE_ID", id));
        last(images.stream().filter(GlanceImage::isUploaded).toList())
                .ifPresent(image -> put(env, "IMAGE_NAME", image.getName()));
        last(heatTemplates).ifPresent(template -> put(env, "HEAT_TEMPLATE", template.getOutput()));
    }

    private static <T> Optional<T> last(List<T> kept) {
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
    }

    private static void put(EnvVars env, String variable, String value) {
        if (value != null) {
            env.put(variable, value);
        }
    }
}
