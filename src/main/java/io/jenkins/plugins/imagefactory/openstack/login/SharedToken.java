package io.jenkins.plugins.imagefactory.openstack.login;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.time.Duration;
import java.time.Instant;

/** The token of one login, for all sessions that share it. Thread-safe. */
public final class SharedToken {
    private static final Duration RENEW_BEFORE_EXPIRY = Duration.ofMinutes(10);

    private KeystoneToken token;

    @FunctionalInterface
    interface Keeper {
        KeystoneToken logIn() throws OpenStackException;
    }

    /** One with time left. */
    synchronized KeystoneToken current(Keeper keeper) throws OpenStackException {
        if (token == null || Instant.now().isAfter(token.expiresAt().minus(RENEW_BEFORE_EXPIRY))) {
            token = keeper.logIn();
        }
        return token;
    }

    synchronized void rejected(String id) {
        if (token != null && token.id().equals(id)) {
            token = null;
        }
    }
}
