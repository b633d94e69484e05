package io.jenkins.plugins.imagefactory.jinja;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Origins;
import io.jenkins.plugins.imagefactory.jinja.guard.Place;

/** What a template rendered to. */
public final class Rendering {
    private final String text;
    private final Origins origins;

    Rendering(String text, Origins origins) {
        this.text = text;
        this.origins = origins;
    }

    public String text() {
        return text;
    }

    /**
     * Where in the template, or in one that it includes or extends, that came from.
     *
     * @param line of the text, from 1
     * @param column from 1
     * @return null for a text that is empty
     */
    @CheckForNull
    public Place origin(int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                break;
            }
            start = end + 1;
        }
        return origins.at(start + column - 1);
    }
}
