package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.image.BuiltImage;
import io.jenkins.plugins.imagefactory.image.ByteCount;
import io.jenkins.plugins.imagefactory.image.inspection.ImageSearch;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.result.MadeImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.io.File;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Finds, records and archives the images that a run made.
 *
 * @param glob of the images in the workspace; null for those that the program names
 * @param checksums whether to write a SHA256SUM beside them
 * @param archive whether to archive them with the build
 */
public record ImageCollection(@CheckForNull String glob, boolean checksums, boolean archive) {
    /**
     * What was kept, and what was not.
     *
     * @param refused why, each a sentence
     */
    public record Collected(List<MadeImage> images, List<String> refused) {

        /** Ends the operation if the program made an image that nobody should be given. */
        public void requireNoneRefused() throws AbortException {
            StepParameters.require(refused.isEmpty(), String.join("; ", refused));
        }
    }

    /**
     * Keeps what is sound.
     *
     * @param places files and directories that the program names, each with who made it
     * @param packerVersion null if Packer did not make them
     */
    public Collected collect(
            BuildContext build, ProgramRun run, Map<String, String> places, @CheckForNull String packerVersion)
            throws IOException, InterruptedException {
        ImageSearch search = new ImageSearch(glob == null ? places : matching(build), run.startOnAgent(), checksums);
        ImageSearch.Found found = build.node().workspace().act(new Search(search));
        for (String leftOut : found.leftOut()) {
            build.console().log(run.program().subject(), leftOut);
        }
        Map<String, String> files = new LinkedHashMap<>();
        Set<String> telling = new HashSet<>();
        for (BuiltImage image : found.images()) {
            build.console().log(run.program().subject(), line(image));
            files.put(image.path(), image.path());
            if (checksums) {
                String sums = image.path().substring(0, image.path().lastIndexOf('/') + 1) + ImageSearch.CHECKSUMS;
                files.put(sums, sums);
                if (build.masking().hides(image.path())) {
                    telling.add(sums);
                }
            }
        }
        if (archive) {
            for (String sums : telling) {
                build.console()
                        .log(
                                run.program().subject(),
                                sums + " is not archived: it holds the name of a file that is masked");
            }
            files.keySet().removeAll(telling);
            build.record().archive(files);
            build.record().fingerprintMade(fingerprints(build, found.images()));
        }
        List<MadeImage> images = found.images().stream().map(MadeImage::of).toList();
        for (BuiltImage image : found.images()) {
            build.record().fileDigested(build.node().workspace().child(image.path()), image.file());
        }
        for (MadeImage image : images) {
            build.record().imageBuilt(image, packerVersion, archive);
        }
        return new Collected(images, found.refused());
    }

    /** As Jenkins takes them of all that it archives. */
    private static Map<String, String> fingerprints(BuildContext build, List<BuiltImage> images)
            throws IOException, InterruptedException {
        Map<String, String> md5s = new LinkedHashMap<>();
        for (BuiltImage image : images) {
            md5s.put(image.path(), build.node().workspace().child(image.path()).digest());
        }
        return md5s;
    }

    private String line(BuiltImage image) {
        return (archive ? "Archiving " : "Found ") + image.path() + ": "
                + image.content().format().glanceName() + ", "
                + ByteCount.text(image.content().size()) + ", SHA-256 "
                + image.sha256();
    }

    private Map<String, String> matching(BuildContext build) throws IOException, InterruptedException {
        Map<String, String> places = new LinkedHashMap<>();
        for (FilePath file : build.node().workspace().list(glob)) {
            places.put(WorkspacePaths.of(build.node()).file(file.getRemote()).getRemote(), null);
        }
        return places;
    }

    private static final class Search implements ControllerToAgentFileCallable<ImageSearch.Found> {
        private static final long serialVersionUID = 1L;

        private final ImageSearch search;

        Search(ImageSearch search) {
            this.search = search;
        }

        @Override
        public ImageSearch.Found invoke(File workspace, VirtualChannel channel)
                throws IOException, InterruptedException {
            return search.run(workspace.toPath());
        }
    }
}
