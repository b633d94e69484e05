package io.jenkins.plugins.imagefactory.packer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the plain text that {@code packer build -color=false} prints, line by line, and keeps what it says about builds
 * and artifacts. Lines that it does not know are nobody's business.
 */
public final class PackerOutput {
    private static final Pattern FINISHED = Pattern.compile("Build '(.+)' finished(?: after (.+?))?\\.");
    private static final Pattern ERRORED = Pattern.compile("Build '(.+)' errored(?: after (.+?))?: (.*)");
    private static final Pattern ARTIFACT = Pattern.compile("--> ([^:]+): (.*)");
    private static final Pattern DIRECTORY = Pattern.compile("VM files in directory: (.+)");
    private static final Pattern FILES = Pattern.compile("(?:Created artifact from files|Stored file): (.+)");
    private static final Pattern IMAGE_ID = Pattern.compile("An image was created: (\\S+)");
    private static final Pattern TIME = Pattern.compile("(\\d+) (hour|minute|second|millisecond|microsecond)s?");
    private static final Pattern TIMESTAMP = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+: ");
    private static final String ARTIFACTS_FOLLOW = "==> Builds finished. The artifacts of successful builds are:";
    private static final int LONGEST_LINE_OF_INTEREST = 64 * 1024;

    private final Map<String, PackerBuild> builds = new LinkedHashMap<>();
    private final Set<PackerArtifact> artifacts = new LinkedHashSet<>();
    private boolean artifactsFollow;

    /** @param line without its line end */
    public void accept(String line) {
        if (line.length() > LONGEST_LINE_OF_INTEREST) {
            return;
        }
        String text = TIMESTAMP.matcher(line).replaceFirst("");
        if (text.equals(ARTIFACTS_FOLLOW)) {
            artifactsFollow = true;
        } else if (artifactsFollow) {
            acceptArtifact(text);
        } else {
            acceptEndOfBuild(text);
        }
    }

    /** The builds that ended, in the order of their end. */
    public List<PackerBuild> builds() {
        return Collections.unmodifiableList(new ArrayList<>(builds.values()));
    }

    /** The artifacts of the builds that succeeded; what a post-processor repeats stands once. */
    public List<PackerArtifact> artifacts() {
        return Collections.unmodifiableList(new ArrayList<>(artifacts));
    }

    private void acceptEndOfBuild(String text) {
        Matcher finished = FINISHED.matcher(text);
        Matcher errored = ERRORED.matcher(text);
        if (finished.matches()) {
            builds.put(finished.group(1), new PackerBuild(finished.group(1), duration(finished.group(2)), null));
        } else if (errored.matches()) {
            builds.put(
                    errored.group(1), new PackerBuild(errored.group(1), duration(errored.group(2)), errored.group(3)));
        }
    }

    private void acceptArtifact(String text) {
        Matcher line = ARTIFACT.matcher(text);
        if (line.matches()) {
            artifacts.add(artifact(line.group(1), line.group(2)));
        }
    }

    private static PackerArtifact artifact(String build, String description) {
        Matcher directory = DIRECTORY.matcher(description);
        Matcher files = FILES.matcher(description);
        Matcher image = IMAGE_ID.matcher(description);
        return new PackerArtifact(
                build,
                description,
                image.find() ? image.group(1) : null,
                files.matches() ? List.of(files.group(1).split(", ")) : List.of(),
                directory.matches() ? directory.group(1) : null);
    }

    /** Packer's {@code 1 minute 23 seconds 805 microseconds}; versions before 1.6 print no duration. */
    private static Duration duration(String words) {
        Duration sum = Duration.ZERO;
        Matcher part = TIME.matcher(words == null ? "" : words);
        while (part.find()) {
            long count = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "hour" -> Duration.ofHours(count);
                        case "minute" -> Duration.ofMinutes(count);
                        case "second" -> Duration.ofSeconds(count);
                        case "millisecond" -> Duration.ofMillis(count);
                        default -> Duration.ofNanos(1000 * count);
                    });
        }
        return sum;
    }
}
