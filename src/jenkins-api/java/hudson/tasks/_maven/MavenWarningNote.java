package hudson.tasks._maven;

import hudson.MarkupText;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;

@SuppressWarnings("rawtypes")
public class MavenWarningNote extends ConsoleNote {
    private static final long serialVersionUID = 1L;

    public MavenWarningNote() {}

    @Override
    public ConsoleAnnotator annotate(Object context, MarkupText text, int charPos) {
        throw new UnsupportedOperationException();
    }
}
