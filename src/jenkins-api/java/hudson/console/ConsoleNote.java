package hudson.console;

import hudson.MarkupText;
import java.io.IOException;
import java.io.Serializable;

public abstract class ConsoleNote<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("rawtypes")
    public abstract ConsoleAnnotator annotate(T context, MarkupText text, int charPos);

    public String encode() throws IOException {
        throw new UnsupportedOperationException();
    }

    public static String removeNotes(String line) {
        return line;
    }
}
