package io.jenkins.plugins.imagefactory.openstack.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long an image's data is tried to be brought across.
 *
 * @param retries how often a transfer that failed in passing begins again at most
 * @param end when it must be done by
 * @param firstPause before the second attempt
 */
public record Patience(int retries, Deadline end, Duration firstPause) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** @param timeout from now on; null for as long as it takes */
    public static Patience of(int retries, @CheckForNull Duration timeout) {
        return new Patience(retries, timeout == null ? Deadline.never() : Deadline.in(timeout), FIRST_PAUSE);
    }

    /** The time left; a very long one if there is no end. */
    Duration left() {
        return end.left();
    }

    public boolean isOver() {
        return end.isOver();
    }

    /** Whether attempt number {@code attempt} (from 1) may be followed by another one. */
    boolean allowsAnotherAfter(int attempt) {
        return attempt <= retries && !isOver();
    }

    /** Before the attempt after this one: doubles each time, give or take half. */
    Duration pauseAfter(int attempt) {
        long millis = Math.min(firstPause.toMillis() << Math.min(attempt - 1, 20), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis((long) (millis * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
    }
}
