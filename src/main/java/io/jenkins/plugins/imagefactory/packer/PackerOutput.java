package io.jenkins.plugins.imagefactory.packer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the plain text that {@code packer build -color=false} prints, line by line, and keeps what it says about builds,
 * their steps and artifacts. Lines that it does not know are nobody's business.
 */
public final class PackerOutput {
    private static final Pattern FINISHED = Pattern.compile("Build '(.+?)' finished(?: after (.+?))?\\.");
    private static final Pattern ERRORED = Pattern.compile("Build '(.+?)' errored(?: after (.+?))?: (.*)");
    private static final Pattern LISTED = Pattern.compile("--> ([^:]+): (.*)");
    private static final Pattern DURATION =
            Pattern.compile("(\\d{1,9}) (hour|minute|second|millisecond|microsecond)s?");
    private static final String CANCELLING = "Cancelling build after receiving ";
    private static final String WAS_CANCELLED = "Build was cancelled.";
    private static final String BUILD = "Build '";
    private static final String OF_A_GUEST = "    ";
    private static final String HEADING = "==> ";
    private static final String LIST_ITEM = "--> ";
    private static final String ARTIFACTS_FOLLOW = "==> Builds finished. The artifacts of successful builds are:";
    private static final Pattern PRINTED = Pattern.compile("(?:==>|   ) ([^: ]+)(?: \\([^:]*\\))?: (.*)");
    private static final Pattern LOST_SPACE = Pattern.compile("(?<=\\d\\.)(?=Allowed )");
    private static final int LAST_LINES = 5;
    private static final int LONGEST_LAST_LINE = 1000;
    private static final int LONGEST_DESCRIPTION = 16 * 1024;
    private static final int MOST_BUILDS = 1000;
    private static final int MOST_ARTIFACTS = 1000;

    private final Map<String, StepClock> clocks = new LinkedHashMap<>();
    private final Map<String, Deque<String>> lastLines = new HashMap<>();
    private final Map<String, PackerBuild> builds = new LinkedHashMap<>();
    private final Set<PackerArtifact> artifacts = new LinkedHashSet<>();
    private Continuation continuation;
    private boolean artifactsFollow;
    private boolean cancelled;

    /** What the lines after this one may add to. */
    private interface Continuation {
        void add(String line);
    }

    /**
     * @param line without its line end
     * @param time when it was printed
     */
    public void accept(String line, Instant time) {
        String text = UiTimestamp.strip(line.substring(0, Math.min(line.length(), LONGEST_DESCRIPTION)));
        keepLast(text);
        if (!text.startsWith(OF_A_GUEST)) {
            read(text, time);
        }
    }

    /** The builds that ended, in the order of their end. */
    public List<PackerBuild> builds() {
        return List.copyOf(builds.values());
    }

    /** The artifacts of the builds that succeeded; what a post-processor repeats stands once. */
    public List<PackerArtifact> artifacts() {
        return List.copyOf(artifacts);
    }

    /** Whether Packer says that it was interrupted. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Of what a build prints, Packer's own steps aside: at its end they clean up, and say nothing of why. */
    private void keepLast(String text) {
        Matcher printed = PRINTED.matcher(text);
        if (printed.matches()
                && !StepClock.STEP.matcher(text).matches()
                && (lastLines.size() < MOST_BUILDS || lastLines.containsKey(printed.group(1)))) {
            Deque<String> lines = lastLines.computeIfAbsent(printed.group(1), build -> new ArrayDeque<>());
            if (lines.size() == LAST_LINES) {
                lines.removeFirst();
            }
            String line = printed.group(2);
            lines.addLast(line.substring(0, Math.min(line.length(), LONGEST_LAST_LINE)));
        }
    }

    private void read(String text, Instant time) {
        if (text.startsWith(HEADING)) {
            continuation = null;
            artifactsFollow = text.equals(ARTIFACTS_FOLLOW);
            StepClock.read(text, clocks, time);
        } else if (text.startsWith(LIST_ITEM)) {
            readListed(text);
        } else if (text.startsWith(BUILD)) {
            readEndOfBuild(text, time);
        } else if (text.startsWith(CANCELLING)) {
            cancelled = true;
        } else if (continuation != null) {
            continuation.add(text);
        }
    }

    private void readEndOfBuild(String text, Instant time) {
        Matcher finished = FINISHED.matcher(text);
        Matcher errored = ERRORED.matcher(text);
        if (finished.matches()) {
            PackerBuild.Status status = cancelled ? PackerBuild.Status.CANCELLED : PackerBuild.Status.SUCCESS;
            end(finished.group(1), status, finished.group(2), null, time);
            continuation = null;
        } else if (errored.matches()) {
            String build = errored.group(1);
            boolean asAsked = cancelled && errored.group(3).equals(WAS_CANCELLED);
            PackerBuild.Status status = asAsked ? PackerBuild.Status.CANCELLED : PackerBuild.Status.FAILURE;
            end(
                    build,
                    status,
                    errored.group(2),
                    LOST_SPACE.matcher(errored.group(3)).replaceAll(" "),
                    time);
            continuation = line -> builds.computeIfPresent(build, (name, ended) -> withMoreOfError(ended, line));
        }
    }

    private void end(String build, PackerBuild.Status status, String duration, String error, Instant time) {
        StepClock clock = clocks.remove(build);
        List<PackerStep> steps = clock == null ? List.of() : clock.stop(time);
        if (builds.size() < MOST_BUILDS || builds.containsKey(build)) {
            List<String> last = status == PackerBuild.Status.FAILURE
                    ? List.copyOf(lastLines.getOrDefault(build, new ArrayDeque<>()))
                    : List.of();
            builds.put(build, new PackerBuild(build, status, duration(duration), error, steps, last));
        }
    }

    private static PackerBuild withMoreOfError(PackerBuild ended, String line) {
        String more = line.strip();
        String known = Objects.requireNonNullElse(ended.error(), "");
        if (more.isEmpty() || known.length() > LONGEST_DESCRIPTION) {
            return ended;
        }
        String error = known.isBlank() ? more : known + " " + more;
        return new PackerBuild(ended.name(), ended.status(), ended.duration(), error, ended.steps(), ended.lastLines());
    }

    private void readListed(String text) {
        Matcher listed = LISTED.matcher(text);
        continuation = null;
        if (artifactsFollow && artifacts.size() < MOST_ARTIFACTS && listed.matches()) {
            keep(PackerArtifact.of(listed.group(1), listed.group(2)));
        }
    }

    private void keep(PackerArtifact artifact) {
        artifacts.add(artifact);
        continuation = line -> {
            if (!line.isBlank() && artifact.description().length() < LONGEST_DESCRIPTION) {
                artifacts.remove(artifact);
                keep(PackerArtifact.of(artifact.build(), artifact.description() + "\n" + line));
            }
        };
    }

    /** Packer's {@code 1 minute 23 seconds 805 microseconds}; versions before 1.6 print no duration. */
    private static Duration duration(String words) {
        Duration sum = Duration.ZERO;
        Matcher part = DURATION.matcher(words == null ? "" : words);
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

    /** Times the steps of one build that runs. */
    private static final class StepClock {
        private static final Pattern STEP =
                Pattern.compile("==> ([^:]+?)(?: \\([^:]*\\))?: ((?:Retrieving|Trying|Copying|Creating|Cloning"
                        + "|Starting|Launching|Booting|Connecting|Typing|Waiting|Using|Connected|Provisioning|Running|Uploading"
                        + "|Downloading|Pausing|Gracefully|Halting|Stopping|Shutting|Converting|Compressing|Exporting|Importing"
                        + "|Registering|Terminating|Deleting|Cleaning|Overriding|Pulling|Committing|Loading|Found|Prevalidating"
                        + ")\\b.*)");
        private static final int MOST_STEPS = 500;
        private static final int LONGEST_STEP = 1000;

        private final List<PackerStep> done = new ArrayList<>();
        private String name;
        private Instant since;

        static void read(String text, Map<String, StepClock> clocks, Instant time) {
            Matcher step = STEP.matcher(text);
            if (text.length() <= LONGEST_STEP && clocks.size() < MOST_BUILDS && step.matches()) {
                clocks.computeIfAbsent(step.group(1), build -> new StepClock()).begin(step.group(2), time);
            }
        }

        private void begin(String words, Instant time) {
            stop(time);
            name = done.size() < MOST_STEPS ? words.replaceFirst("[.:…]+$", "") : null;
            since = time;
        }

        List<PackerStep> stop(Instant time) {
            if (name != null) {
                done.add(new PackerStep(name, Duration.between(since, time)));
                name = null;
            }
            return List.copyOf(done);
        }
    }
}
