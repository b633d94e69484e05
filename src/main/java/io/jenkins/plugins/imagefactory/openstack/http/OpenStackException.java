package io.jenkins.plugins.imagefactory.openstack.http;

import java.io.IOException;

/** A service of the cloud refused or failed; the message is one sentence with service, address, cause and request id. */
public class OpenStackException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;

    private final int status;
    private final boolean passing;

    /** @param status the HTTP status of the answer, or 0 if none is to blame */
    public OpenStackException(int status, String message) {
        this(status, status >= 500 || status == TOO_MANY_REQUESTS, message);
    }

    public OpenStackException(NoAnswer reason, String message) {
        this(0, reason.passing(), message);
    }

    public OpenStackException(String message) {
        this(0, false, message);
    }

    private OpenStackException(int status, boolean passing, String message) {
        super(message);
        this.status = status;
        this.passing = passing;
    }

    /** The HTTP status of the answer; 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** Whether the same call may succeed a moment later. */
    public boolean isPassing() {
        return passing;
    }
}
