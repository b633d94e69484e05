package io.jenkins.plugins.imagefactory.jinja.python.regex;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The matches of a regular expression in a text, one after the other as Python finds them. Ends when the rendering's time does. */
public final class Matches {
    private final String text;
    private final CharSequence timed;
    private final Pattern pattern;
    private final Pattern advancing;
    private Matcher matcher;
    private int position;
    /** The match before was empty: the next one must not be that at the same place. */
    private boolean afterEmpty;

    Matches(Budget budget, String text, Pattern pattern, Pattern advancing) {
        this.text = text;
        this.timed = new Timed(budget, text, 0, text.length());
        this.pattern = pattern;
        this.advancing = advancing;
        this.matcher = pattern.matcher(timed);
    }

    /** Goes to the next match. */
    public boolean find() {
        matcher = (afterEmpty ? advancing : pattern).matcher(timed);
        int from = position;
        while (from <= text.length()) {
            int start = from;
            if (!DeepStack.run(() -> matcher.find(start))) {
                return false;
            }
            if (!isInsidePair(matcher.start())) {
                position = matcher.end();
                afterEmpty = matcher.start() == matcher.end();
                return true;
            }
            from = matcher.start() + 1;
            matcher = pattern.matcher(timed);
        }
        return false;
    }

    /** Between the two units of a character that Python has as one. */
    private boolean isInsidePair(int index) {
        return index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    }

    /** Whether the text begins with a match. */
    public boolean lookingAt() {
        return DeepStack.run(matcher::lookingAt);
    }

    /** Whether the whole text is a match. */
    public boolean matches() {
        return DeepStack.run(matcher::matches);
    }

    public int groupCount() {
        return matcher.groupCount();
    }

    int start() {
        return matcher.start();
    }

    int end() {
        return matcher.end();
    }

    /** What a group matched, 0 for all; null when it took no part. */
    @CheckForNull
    public String group(int group) {
        return matcher.start(group) < 0 ? null : text.substring(matcher.start(group), matcher.end(group));
    }

    /** A text that looks at the clock while it is searched. */
    private static final class Timed implements CharSequence {
        private final Budget budget;
        private final String text;
        private final int start;
        private final int end;

        Timed(Budget budget, String text, int start, int end) {
            this.budget = budget;
            this.text = text;
            this.start = start;
            this.end = end;
        }

        @Override
        public char charAt(int index) {
            budget.tick();
            return text.charAt(start + index);
        }

        @Override
        public int length() {
            return end - start;
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Timed(budget, text, start + from, start + to);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}
