package io.jenkins.plugins.imagefactory.packer;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a build or one of its post-processors made.
 *
 * @param build name of the build
 * @param description Packer's words, which may be several lines
 * @param id of an image in a cloud; null for files
 * @param files single files that Packer named
 * @param directory a directory whose files Packer made; null if it named files or none
 */
public record PackerArtifact(
        String build,
        String description,
        @CheckForNull String id,
        List<String> files,
        @CheckForNull String directory) {
    private static final Pattern DIRECTORY = Pattern.compile("VM files in directory: (.+)");
    private static final Pattern FILES = Pattern.compile(
            "(?:Created artifact from files|Stored file|compressed artifacts in|'.+' provider box|Exported Docker file): (.+)");
    private static final Pattern IMAGE_ID = Pattern.compile(
            "An image was created: (\\S+)|A disk image was created(?: in the '.*' project)?: (\\S+)|: (ami-[0-9a-f]+)");

    /** Of the words in which Packer lists an artifact after its builds. */
    static PackerArtifact of(String build, String description) {
        Matcher directory = DIRECTORY.matcher(description);
        Matcher files = FILES.matcher(description);
        Matcher image = IMAGE_ID.matcher(description);
        return new PackerArtifact(
                build,
                description,
                image.find() ? group(image) : null,
                files.matches() ? List.of(files.group(1).split(", ")) : List.of(),
                directory.matches() ? directory.group(1) : null);
    }

    private static String group(Matcher image) {
        return Stream.of(image.group(1), image.group(2), image.group(3))
                .filter(id -> id != null)
                .findFirst()
                .orElseThrow();
    }
}
