package io.jenkins.plugins.imagefactory.openstack.http;

import java.time.Duration;

/**
 * When all must be done, by a clock that nobody sets.
 *
 * @param allowed how long it may take in all
 * @param begin of that clock, in nanoseconds
 */
public record Deadline(Duration allowed, long begin) {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

    /** From now on. */
    public static Deadline in(Duration allowed) {
        return new Deadline(allowed, System.nanoTime());
    }

    /** None that anybody lives to see. */
    public static Deadline never() {
        return in(AS_LONG_AS_IT_TAKES);
    }

    public boolean isOver() {
        return left().isNegative() || left().isZero();
    }

    /** Negative when it is over. */
    public Duration left() {
        return allowed.minusNanos(System.nanoTime() - begin);
    }
}
