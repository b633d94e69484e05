package io.jenkins.plugins.imagefactory.workspace;

import java.io.IOException;

/** A path leads out of a workspace, or to what is not taken there; the message is one sentence. */
public class UnusablePathException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnusablePathException(String message) {
        super(message);
    }
}
