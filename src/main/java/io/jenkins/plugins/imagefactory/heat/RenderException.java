package io.jenkins.plugins.imagefactory.heat;

import java.io.IOException;

/** Templates could not be rendered; the message is one sentence for their author, with the file and, if known, the line. */
public class RenderException extends IOException {
    private static final long serialVersionUID = 1L;

    public RenderException(String message) {
        super(message);
    }
}
