package io.jenkins.plugins.imagefactory.jenkins.failure;

import hudson.MarkupText;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;
import java.io.IOException;
import jenkins.model.Jenkins;

/** Gives a line of the console a name that a link can lead to, and lets it stand out. */
public final class FailureNote extends ConsoleNote<Object> {
    private static final long serialVersionUID = 1L;

    private final int number;

    FailureNote(int number) {
        this.number = number;
    }

    static String id(int number) {
        return "image-factory-failure-" + number;
    }

    /** What to write in front of the line; nothing where there is no Jenkins to sign it. */
    public String text() throws IOException {
        return Jenkins.getInstanceOrNull() == null ? "" : encode();
    }

    @SuppressWarnings("rawtypes")
    @Override
    public ConsoleAnnotator annotate(Object context, MarkupText text, int position) {
        text.addMarkup(position, text.length(), "<b id='" + id(number) + "'>", "</b>");
        return null;
    }
}
