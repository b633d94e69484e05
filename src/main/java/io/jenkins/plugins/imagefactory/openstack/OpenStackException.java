package io.jenkins.plugins.imagefactory.openstack;

import java.io.IOException;

/** A service of the cloud refused or failed; the message is one sentence with service, address, cause and request id. */
public class OpenStackException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status the HTTP status of the answer, or 0 if there was no answer or none is to blame */
    public OpenStackException(int status, String message) {
        super(message);
        this.status = status;
    }

    public OpenStackException(String message) {
        this(0, message);
    }

    public int status() {
        return status;
    }
}
