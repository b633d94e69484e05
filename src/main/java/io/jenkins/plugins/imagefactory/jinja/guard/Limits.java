package io.jenkins.plugins.imagefactory.jinja.guard;

import java.time.Duration;

/**
 * How far one rendering may go, so that a template cannot exhaust the machine it is rendered on.
 *
 * @param bytes of all that it makes: its output, strings, and the elements of lists and dicts
 * @param steps of all its loops
 * @param depth of macros, includes and recursive loops in one another
 * @param integerBits of any integer
 * @param time of the whole rendering
 */
public record Limits(long bytes, long steps, int depth, int integerBits, Duration time) {
    /** 64 MiB, ten million steps, 200 levels, a minute. */
    public static final Limits STANDARD = new Limits(64L << 20, 10_000_000, 200, 1 << 20, Duration.ofMinutes(1));

    /** Of two counts, without overflow. */
    public static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long product = a * b;
        return high != 0 || product < 0 ? Long.MAX_VALUE : product;
    }
}
