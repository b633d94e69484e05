package hudson.tasks._maven;

import hudson.MarkupText;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;

@SuppressWarnings("rawtypes")
public class MavenErrorNote extends ConsoleNote {
    private static final long serialVersionUID = 1L;

    public MavenErrorNote() {}

    @Override
    public ConsoleAnnotator annotate(Object context, MarkupText text, int charPos) {
        throw new UnsupportedOperationException();
    }
}
