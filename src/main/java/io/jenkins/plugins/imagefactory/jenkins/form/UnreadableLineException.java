package io.jenkins.plugins.imagefactory.jenkins.form;

/** A line of a form says nothing. Where Jenkins prints it with its stack trace, it is one sentence. */
public final class UnreadableLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableLineException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
