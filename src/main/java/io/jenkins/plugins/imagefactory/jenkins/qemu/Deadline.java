package io.jenkins.plugins.imagefactory.jenkins.qemu;

import java.time.Duration;
import java.time.Instant;

/**
 * When all must be done.
 *
 * @param allowed how long it may take in all
 */
public record Deadline(Instant end, Duration allowed) {
    static Deadline in(Duration allowed) {
        return new Deadline(Instant.now().plus(allowed), allowed);
    }

    boolean isOver() {
        return Instant.now().isAfter(end);
    }

    Duration left() {
        return Duration.between(Instant.now(), end);
    }
}
