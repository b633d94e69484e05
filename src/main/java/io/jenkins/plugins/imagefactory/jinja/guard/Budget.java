package io.jenkins.plugins.imagefactory.jinja.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * What one rendering has used up of its limits. Memory is counted when it is asked for and never given back: what a rendering holds
 * is never more than what it has made.
 */
public final class Budget implements AutoCloseable {
    private static final ThreadLocal<Budget> CURRENT = new ThreadLocal<>();
    private static final Budget UNLIMITED = new Budget(
            new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofDays(10_000)),
            null);

    /** Characters that are not gone through without a look at the clock. */
    public static final long ONE_LOOK_AT_THE_CLOCK = 1L << 20;

    /** Units of work between two looks at the clock. */
    private static final int CLOCK_INTERVAL = 1024;
    /** Characters, and elements of lists, that are gone through in one unit of work. */
    private static final int CHARACTERS_A_UNIT = 1024;

    private static final int ELEMENTS_A_UNIT = 16;

    /** A character of Java's strings, at its largest; up to {@code LAST_SMALL} it has one byte if all others do. */
    private static final int BYTES_OF_CHARACTER = 2;

    private static final char LAST_SMALL = 0xff;
    /** What is shorter may as well count double. */
    private static final int LEAST_LOOKED_AT = 256;
    /** A place in a list, and the number or short text in it. */
    private static final int BYTES_OF_ELEMENT = 48;

    private final Limits limits;
    private final long deadline;
    private final Budget outer;
    private long bytes;
    private long steps;
    private int depth;
    private long work;

    private Budget(Limits limits, @CheckForNull Budget outer) {
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.time().toNanos();
        this.outer = outer;
    }

    /** The time of a rendering begins; this is the budget of the thread until it is closed. */
    public static Budget begin(Limits limits) {
        Budget budget = new Budget(limits, CURRENT.get());
        CURRENT.set(budget);
        return budget;
    }

    /** That of the rendering which this thread is busy with; one without limits where it is not. */
    public static Budget current() {
        Budget current = CURRENT.get();
        return current == null ? UNLIMITED : current;
    }

    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /** One call, or one element looked at. */
    public void tick() {
        work(1);
    }

    /** Looks at the clock, if enough has been done since it last did. */
    private void work(long units) {
        work += units;
        if (work >= CLOCK_INTERVAL) {
            work = 0;
            if (System.nanoTime() - deadline > 0) {
                throw new TemplateException("rendering takes longer than its limit of "
                        + limits.time().toSeconds() + " s");
            }
        }
    }

    /** A text of so many characters is gone through. */
    public void reads(long characters) {
        work(1 + characters / CHARACTERS_A_UNIT);
    }

    /** So many elements are gone through. */
    public void visits(long elements) {
        work(1 + elements / ELEMENTS_A_UNIT);
    }

    /** Memory that is neither a text nor a list. */
    public void bytes(long count) {
        bytes = count > limits.bytes() ? count : bytes + count;
        if (bytes > limits.bytes()) {
            throw exceeded();
        }
    }

    private TemplateException exceeded() {
        return new TemplateException("output, strings and lists grow beyond the limit of "
                + (limits.bytes() >= 1 << 20 ? (limits.bytes() >> 20) + " MiB" : limits.bytes() + " bytes"));
    }

    /** A string or Markup that was made. */
    public <T> T text(T made) {
        String text = made.toString();
        reads(text.length());
        bytes(text.length() * (isSmall(text) ? 1L : BYTES_OF_CHARACTER));
        return made;
    }

    private static boolean isSmall(String text) {
        if (text.length() < LEAST_LOOKED_AT) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_SMALL) {
                return false;
            }
        }
        return true;
    }

    /** Counts a string before it is made of {@code length} characters, {@code times} over. */
    public void characters(long length, long times) {
        characters(Limits.product(length, times));
    }

    /** Counts a string, or output. */
    public void characters(long length) {
        reads(length);
        bytes(length > limits.bytes() ? length : length * BYTES_OF_CHARACTER);
    }

    /** Whether a string that is being made may become so long; it is counted when it is made. */
    public void room(long length) {
        if (length > (limits.bytes() - bytes) / BYTES_OF_CHARACTER) {
            throw exceeded();
        }
    }

    /** Counts a list's elements before it is made. */
    public void elements(long count) {
        visits(count);
        bytes(Limits.product(count, BYTES_OF_ELEMENT));
    }

    /** Steps of a loop. */
    public void steps(long count) {
        steps = count > limits.steps() ? count : steps + count;
        if (steps > limits.steps()) {
            throw new TemplateException("loops go on beyond the limit of " + limits.steps() + " steps");
        }
        visits(count);
    }

    public void bits(long count) {
        reads(count);
        if (count > limits.integerBits()) {
            throw new TemplateException("an integer grows beyond the limit of " + limits.integerBits() + " bits");
        }
    }

    /** Into a macro, an included template or a recursive loop. */
    public void enter() {
        if (++depth > limits.depth()) {
            throw new TemplateException(
                    "macros, includes or recursive loops are nested more than " + limits.depth() + " deep");
        }
        tick();
    }

    public void leave() {
        depth--;
    }
}
