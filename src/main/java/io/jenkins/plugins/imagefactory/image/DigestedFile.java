package io.jenkins.plugins.imagefactory.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A file whose SHA-256 is known.
 *
 * @param state of the file; null if it may be written to unnoticed
 * @param sha256 hexadecimal
 */
public record DigestedFile(@CheckForNull FileState state, String sha256) implements Serializable {
    private static final Duration WORTH_WAITING = Duration.ofMillis(50);

    /** Reads the file once. Stops with {@link InterruptedException} soon after the thread is interrupted. */
    public static DigestedFile read(Path file) throws IOException, InterruptedException {
        FileState before = FileState.of(file);
        return of(file, before, Digests.sha256(file));
    }

    /**
     * One that has been digested.
     *
     * @param before its state when that began
     */
    public static DigestedFile of(Path file, FileState before, String sha256) throws IOException, InterruptedException {
        Duration unsettled = Duration.between(Instant.now(), before.settled());
        if (unsettled.compareTo(WORTH_WAITING) > 0) {
            return new DigestedFile(null, sha256);
        }
        if (!unsettled.isNegative()) {
            Thread.sleep(unsettled.toMillis() + 1);
        }
        return new DigestedFile(FileState.of(file).equals(before) ? before : null, sha256);
    }

    /** Whether this is the same file, with the same bytes. */
    public boolean is(FileState other) {
        return state != null && state.equals(other);
    }
}
