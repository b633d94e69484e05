package io.jenkins.plugins.imagefactory.image.boot;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A line that is awaited on a guest's console. The guest chooses the text, so that an expression with repetitions in one another
 * could be made to search for ever: all searches together have a time.
 */
public final class ExpectedLine {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int CLOCK_INTERVAL = 4096;

    private final Pattern expression;
    private final Duration limit;
    private long nanosLeft;

    public ExpectedLine(Pattern expression) {
        this(expression, LIMIT);
    }

    ExpectedLine(Pattern expression, Duration limit) {
        this.expression = expression;
        this.limit = limit;
        this.nanosLeft = limit.toNanos();
    }

    /** @throws TookTooLong if all searches together have */
    boolean isIn(String text) {
        long start = System.nanoTime();
        try {
            return expression.matcher(new Timed(text, start + nanosLeft)).find();
        } catch (StackOverflowError e) {
            throw new TookTooLong();
        } finally {
            nanosLeft -= System.nanoTime() - start;
        }
    }

    /** In the words of a sentence about the image. */
    String tookTooLong() {
        return "writes lines on which 'expect' ('" + expression + "') takes more than " + limit.toSeconds()
                + " s or too much memory: write the expression without repetitions in one another";
    }

    static final class TookTooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A text that looks at the clock while it is searched. */
    private static final class Timed implements CharSequence {
        private final CharSequence text;
        private final long deadline;
        private int looks;

        Timed(CharSequence text, long deadline) {
            this.text = text;
            this.deadline = deadline;
        }

        @Override
        public char charAt(int index) {
            if (++looks % CLOCK_INTERVAL == 0 && System.nanoTime() - deadline > 0) {
                throw new TookTooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Timed(text.subSequence(start, end), deadline);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
