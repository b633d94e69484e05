package hudson.console;

import java.io.IOException;
import java.io.Serializable;

public abstract class ConsoleNote<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    public String encode() throws IOException {
        throw new UnsupportedOperationException();
    }

    public static String removeNotes(String line) {
        return line;
    }
}
