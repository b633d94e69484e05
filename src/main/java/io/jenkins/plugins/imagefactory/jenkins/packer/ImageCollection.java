package io.jenkins.plugins.imagefactory.jenkins.packer;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.BuiltImage;
import io.jenkins.plugins.imagefactory.packer.ImageSearch;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Finds, records and archives the images that a run made.
 *
 * @param glob of the images in the workspace; null for those that Packer's output names
 * @param checksums whether to write a SHA256SUM beside them
 * @param archive whether to archive them with the build
 */
record ImageCollection(String glob, boolean checksums, boolean archive) {
    private static final String SUBJECT = "packer";
    private static final int MIB = 1024 * 1024;

    List<BuiltImage> collect(BuildContext build, PackerOutput output, PackerRun run)
            throws IOException, InterruptedException {
        ImageSearch search = new ImageSearch(
                glob == null ? ImageSearch.placesOf(output.artifacts()) : matching(build),
                run.startOnAgent(),
                checksums);
        ImageSearch.Found found = build.workspace().act(new Search(search));
        for (String old : found.older()) {
            build.log(SUBJECT, old + " is older than this build: left out");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (BuiltImage image : found.images()) {
            build.log(SUBJECT, line(image));
            files.put(image.path(), image.path());
            if (checksums) {
                String sums = image.path().substring(0, image.path().lastIndexOf('/') + 1) + ImageSearch.CHECKSUMS;
                files.put(sums, sums);
            }
        }
        if (archive) {
            build.archive(files);
            build.fingerprintMade(found.images().stream()
                    .collect(Collectors.toMap(
                            BuiltImage::path, image -> image.digests().md5())));
        }
        for (BuiltImage image : found.images()) {
            Map<String, Object> kept = PackerResult.of(image);
            kept.put("packerVersion", run.version());
            kept.put("archived", archive);
            build.record().imageBuilt(kept);
        }
        return found.images();
    }

    private String line(BuiltImage image) {
        return (archive ? "Archiving " : "Found ") + image.path() + ": "
                + image.content().format().glanceName() + ", " + image.content().size() / MIB + " MiB, SHA-256 "
                + image.sha256();
    }

    private Map<String, String> matching(BuildContext build) throws IOException, InterruptedException {
        Map<String, String> places = new LinkedHashMap<>();
        for (FilePath file : build.workspace().list(glob)) {
            places.put(file.getRemote(), null);
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
