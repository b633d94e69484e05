package io.jenkins.plugins.imagefactory.jinja.guard;

import java.time.Duration;

/**
 * How far one rendering may go, so that a template cannot exhaust the machine it is rendered on.
 *
 * @param outputCharacters printed, and in any one string
 * @param totalCharacters in all strings that operators and filters make
 * @param elements in any one list, and gone through by all loops
 * @param depth of macros, includes and recursive loops in one another
 * @param integerBits of any integer
 * @param time of the whole rendering
 */
public record Limits(
        long outputCharacters, long totalCharacters, long elements, int depth, int integerBits, Duration time) {
    /** 64 MiB of output, ten million elements, 200 levels, a minute. */
    public static final Limits STANDARD =
            new Limits(64L << 20, 512L << 20, 10_000_000, 200, 1 << 20, Duration.ofMinutes(1));

    /** Of two counts, without overflow. */
    public static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long product = a * b;
        return high != 0 || product < 0 ? Long.MAX_VALUE : product;
    }
}
