package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.BuiltImage;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.workspace.UnusablePathException;
import io.jenkins.plugins.imagefactory.workspace.Workspace;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the disk images among files that a program made, digests them, and writes {@code SHA256SUM} beside them in the
 * format of {@code sha256sum -c}.
 *
 * @param builds file or directory, relative to the workspace, to the name of the build that made it (or null)
 * @param since when the build began, in milliseconds since 1970: older files are not its own
 * @param checksums whether to write that file
 */
public record ImageSearch(Map<String, String> builds, long since, boolean checksums) implements Serializable {
    public static final String CHECKSUMS = "SHA256SUM";
    private static final List<String> RAW_SUFFIXES = List.of(".img", ".raw");

    /**
     * What a search found.
     *
     * @param images ordered by path
     * @param leftOut files that would be images of the build, but were there before it or lie elsewhere, each a sentence
     * @param refused why files of the build are no images that anybody should be given, each a sentence
     */
    public record Found(List<BuiltImage> images, List<String> leftOut, List<String> refused) implements Serializable {}

    /** Reads each image once. */
    public Found run(Path directory) throws IOException, InterruptedException {
        Workspace workspace = new Workspace(directory);
        Map<String, BuiltImage> images = new TreeMap<>();
        List<String> leftOut = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, String> made : builds.entrySet()) {
            for (Path file : filesOf(directory.resolve(made.getKey()))) {
                if (!isInside(workspace, file)) {
                    leftOut.add(file + " lies outside of the workspace: left out");
                    continue;
                }
                DiskImage content = ImageInspection.of(file);
                String path = workspace.relative(file);
                if (!isImage(file, content)) {
                    continue;
                }
                if (Files.getLastModifiedTime(file).toMillis() < since) {
                    leftOut.add(path + " is older than this build: left out");
                } else if (!content.isSound()) {
                    refused.add(path + " " + content.trouble(String.valueOf(file.getFileName())));
                } else {
                    images.put(path, new BuiltImage(path, content, DigestedFile.read(file), made.getValue()));
                }
            }
        }
        List<BuiltImage> found = new ArrayList<>(images.values());
        if (checksums) {
            writeChecksums(workspace, found);
        }
        return new Found(found, leftOut, refused);
    }

    private static List<Path> filesOf(Path made) throws IOException {
        if (!Files.isDirectory(made)) {
            return Files.isRegularFile(made) ? List.of(made) : List.of();
        }
        try (Stream<Path> files = Files.list(made)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Any file could be a raw disk, so only its suffix tells that it is meant to be one. */
    private static boolean isImage(Path file, DiskImage content) {
        String name = String.valueOf(file.getFileName());
        return content.format() != DiskFormat.RAW
                || content.flaw() == null && RAW_SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private static boolean isInside(Workspace workspace, Path file) throws IOException {
        try {
            workspace.requireInside(file);
            return true;
        } catch (UnusablePathException e) {
            return false;
        }
    }

    private static void writeChecksums(Workspace workspace, List<BuiltImage> images) throws IOException {
        Map<String, StringBuilder> sums = new LinkedHashMap<>();
        for (BuiltImage image : images) {
            int name = image.path().lastIndexOf('/') + 1;
            sums.computeIfAbsent(image.path().substring(0, name) + CHECKSUMS, key -> new StringBuilder())
                    .append(image.sha256())
                    .append("  ")
                    .append(image.path().substring(name))
                    .append('\n');
        }
        for (Map.Entry<String, StringBuilder> sum : sums.entrySet()) {
            Files.writeString(workspace.target(sum.getKey()), sum.getValue());
        }
    }
}
