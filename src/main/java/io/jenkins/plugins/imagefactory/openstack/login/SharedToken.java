package io.jenkins.plugins.imagefactory.openstack.login;

import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.time.Duration;

/**
 * The token of one login, for all sessions that share it. It is renewed by the time that Keystone gave it, whatever the clocks
 * here and there say. Thread-safe.
 */
public final class SharedToken {
    private static final Duration RENEW_BEFORE_EXPIRY = Duration.ofMinutes(10);

    private KeystoneToken token;
    private Deadline renewal = Deadline.in(Duration.ZERO);

    @FunctionalInterface
    interface Keeper {
        KeystoneToken logIn() throws OpenStackException;
    }

    /** One with time left. */
    synchronized KeystoneToken current(Keeper keeper) throws OpenStackException {
        if (token == null || renewal.isOver()) {
            token = keeper.logIn();
            renewal = Deadline.in(token.lifetime().minus(RENEW_BEFORE_EXPIRY));
        }
        return token;
    }

    synchronized void rejected(String id) {
        if (token != null && token.id().equals(id)) {
            token = null;
        }
    }
}
