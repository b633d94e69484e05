package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.BuiltImage;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
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
     * @param older files that would be images of the build, but were there before it
     * @param refused why files of the build are no images that anybody should be given, each a sentence
     */
    public record Found(List<BuiltImage> images, List<String> older, List<String> refused) implements Serializable {}

    /** Reads each image once. */
    public Found run(Path workspace) throws IOException, InterruptedException {
        Map<String, BuiltImage> images = new TreeMap<>();
        List<String> older = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, String> made : builds.entrySet()) {
            for (Path file : filesOf(workspace.resolve(made.getKey()))) {
                DiskImage content = ImageInspection.of(file);
                String path = relative(workspace, file);
                if (!isImage(file, content)) {
                    continue;
                }
                if (Files.getLastModifiedTime(file).toMillis() < since) {
                    older.add(path);
                } else if (!content.isSound()) {
                    refused.add(path + " " + content.trouble(file.getFileName().toString()));
                } else {
                    images.put(path, new BuiltImage(path, content, Digests.of(file), made.getValue()));
                }
            }
        }
        List<BuiltImage> found = new ArrayList<>(images.values());
        if (checksums) {
            writeChecksums(workspace, found);
        }
        return new Found(found, older, refused);
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
        String name = file.getFileName().toString();
        return content.format() != DiskFormat.RAW
                || content.flaw() == null && RAW_SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private static String relative(Path workspace, Path file) {
        return workspace
                .toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
    }

    private static void writeChecksums(Path workspace, List<BuiltImage> images) throws IOException {
        Map<Path, StringBuilder> sums = new LinkedHashMap<>();
        for (BuiltImage image : images) {
            Path file = workspace.resolve(image.path());
            sums.computeIfAbsent(file.resolveSibling(CHECKSUMS), key -> new StringBuilder())
                    .append(image.sha256())
                    .append("  ")
                    .append(file.getFileName())
                    .append('\n');
        }
        for (Map.Entry<Path, StringBuilder> sum : sums.entrySet()) {
            Files.writeString(sum.getKey(), sum.getValue());
        }
    }
}
