package io.jenkins.plugins.imagefactory.openstack.http;

/** An answer was longer than is read. */
public final class LongAnswerException extends OpenStackException {
    private static final long serialVersionUID = 1L;

    LongAnswerException(String message) {
        super(message);
    }
}
