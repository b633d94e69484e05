package io.jenkins.plugins.imagefactory.jinja.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collection;

/** The name that was meant when a misspelt one was written. */
public final class Suggestion {
    private static final int LONGEST = 100;

    private Suggestion() {}

    /** The known name closest to {@code written} (at most a third of its letters differ), or null. */
    @CheckForNull
    public static String nearest(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return null;
        }
        String nearest = null;
        int least = Math.max(1, written.length() / 3) + 1;
        for (String name : known) {
            if (Math.abs(name.length() - written.length()) > least) {
                continue;
            }
            int distance = distance(written, name);
            if (distance < least || distance == least && nearest != null && name.compareTo(nearest) < 0) {
                nearest = name;
                least = distance;
            }
        }
        return nearest;
    }

    /** Changed, missing, surplus and swapped neighbouring letters. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
