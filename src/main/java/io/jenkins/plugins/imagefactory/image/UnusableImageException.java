package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;

/** A file is no disk image that a cloud should be given; the message is one sentence that says why. */
public class UnusableImageException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnusableImageException(String message) {
        super(message);
    }
}
