package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.packer.PackerArtifact;
import io.jenkins.plugins.imagefactory.packer.PackerBuild;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import java.util.List;
import java.util.Locale;

/**
 * Result of packerBuild.
 *
 * @param image path of the only image file; null if there are none or several
 * @param logFile path in the workspace
 */
public record PackerRun(
        @CheckForNull String image,
        List<MadeImage> images,
        List<Artifact> artifacts,
        List<Build> builds,
        String logFile,
        String packerVersion,
        long millis)
        implements OperationResult {
    /**
     * What a build or one of its post-processors made.
     *
     * @param builder name of the build
     * @param description Packer's words
     * @param id of an image in a cloud; null for files
     */
    public record Artifact(
            String builder,
            String description,
            @CheckForNull String id,
            List<String> files) {}

    /**
     * One build, and how it ended.
     *
     * @param status success, failure or cancelled
     * @param error Packer's words; null unless it failed
     * @param lastLines what it printed last before it failed, five lines at most
     */
    public record Build(
            String name,
            String status,
            long millis,
            @CheckForNull String error,
            List<Step> steps,
            List<String> lastLines) {}

    public record Step(String name, long millis) {}

    public static PackerRun of(
            List<MadeImage> images, PackerOutput output, String logFile, String packerVersion, long millis) {
        return new PackerRun(
                MadeImage.only(images),
                images,
                output.artifacts().stream().map(PackerRun::artifact).toList(),
                output.builds().stream().map(PackerRun::build).toList(),
                logFile,
                packerVersion,
                millis);
    }

    private static Artifact artifact(PackerArtifact made) {
        return new Artifact(made.build(), made.description(), made.id(), made.files());
    }

    private static Build build(PackerBuild ended) {
        return new Build(
                ended.name(),
                ended.status().name().toLowerCase(Locale.ROOT),
                ended.duration().toMillis(),
                ended.error(),
                ended.steps().stream()
                        .map(step -> new Step(step.name(), step.duration().toMillis()))
                        .toList(),
                ended.lastLines());
    }
}
