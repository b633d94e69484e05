package io.jenkins.plugins.imagefactory.jinja.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Place;
import java.util.ArrayList;
import java.util.List;

/** Which line of which template wrote what of a rendered text. */
public final class Origins {
    /** Beyond this many, places are those of the last one. */
    private static final int MOST = 250_000;

    /**
     * @param start in the rendered text
     * @param asWritten the template's text itself, so that lines of the one are lines of the other
     */
    private record Origin(int start, String template, int line, boolean asWritten) {}

    private final StringBuilder rendered;
    private final List<Origin> origins = new ArrayList<>();

    /** @param rendered what else is written, such as a macro's body, has its origin where it is printed */
    Origins(StringBuilder rendered) {
        this.rendered = rendered;
    }

    /** Of what is going to be appended. */
    void add(StringBuilder out, String template, int line, boolean asWritten) {
        if (out == rendered && origins.size() < MOST) {
            origins.add(new Origin(out.length(), template, line, asWritten));
        }
    }

    /** The origin of what stands at that offset; null for an empty text. */
    @CheckForNull
    public Place at(int offset) {
        int low = 0;
        int high = origins.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (origins.get(middle).start <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : place(origins.get(low - 1), offset);
    }

    private Place place(Origin origin, int offset) {
        long lines = origin.asWritten
                ? rendered.substring(origin.start, Math.min(offset, rendered.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                : 0;
        return new Place(origin.template, origin.line + (int) lines);
    }
}
