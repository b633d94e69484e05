package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;

/**
 * Looks for a text in another, in a time that grows with their lengths and not with the product of them.
 *
 * @see <a href="https://doi.org/10.1137/0206024">Knuth, Morris, Pratt: Fast pattern matching in strings</a>
 */
public final class TextSearch {
    /** What Java's own search does in no time, however alike the two are. */
    private static final long LITTLE = 1L << 22;

    private TextSearch() {}

    /** Where it stands, at {@code from} or behind; -1 when it does not. */
    public static int first(String text, String part, int from) {
        Budget.current().reads(text.length() - from);
        return isLittle(text.length() - from, part)
                ? text.indexOf(part, from)
                : scanned(text, part, from, text.length(), false);
    }

    /** Where it stands last, beginning at {@code from} or before; -1 when it does not. */
    public static int last(String text, String part, int from) {
        Budget.current().reads(text.length());
        return isLittle(from, part)
                ? text.lastIndexOf(part, from)
                : scanned(text, part, 0, Math.min(text.length(), from + part.length()), true);
    }

    private static boolean isLittle(long length, String part) {
        return length * part.length() <= LITTLE;
    }

    private static int scanned(String text, String part, int from, int to, boolean last) {
        Budget budget = Budget.current();
        budget.bytes(part.length() * (long) Integer.BYTES);
        int[] borders = borders(part, budget);
        int found = -1;
        int matched = 0;
        for (int i = from; i < to; i++) {
            budget.tick();
            while (matched > 0 && (matched == part.length() || part.charAt(matched) != text.charAt(i))) {
                matched = borders[matched - 1];
            }
            matched += part.charAt(matched) == text.charAt(i) ? 1 : 0;
            if (matched == part.length()) {
                found = i - matched + 1;
                if (!last) {
                    return found;
                }
            }
        }
        return found;
    }

    /** How much of the beginning each beginning of it ends with. */
    private static int[] borders(String part, Budget budget) {
        int[] borders = new int[part.length()];
        int matched = 0;
        for (int i = 1; i < part.length(); i++) {
            budget.tick();
            while (matched > 0 && part.charAt(matched) != part.charAt(i)) {
                matched = borders[matched - 1];
            }
            matched += part.charAt(matched) == part.charAt(i) ? 1 : 0;
            borders[i] = matched;
        }
        return borders;
    }
}
