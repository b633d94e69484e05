package io.jenkins.plugins.imagefactory.openstack.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.time.Duration;

/**
 * How connections to a cloud are made.
 *
 * @param connectTimeout for a connection to be made
 * @param responseTimeout for the silence of a service that owes an answer
 * @param retries how often a call that failed in passing is repeated at most
 * @param trust in TLS certificates
 * @param proxy null for none
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration responseTimeout,
        int retries,
        Trust trust,
        @CheckForNull HttpProxy proxy) implements Serializable {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    public static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);
    public static final int RETRIES = 4;
    private static final int PATIENCE_WITH_TRANSFERS = 10;

    /** Verified TLS, no proxy, patient with a cloud that is away for a moment. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(CONNECT_TIMEOUT, RESPONSE_TIMEOUT, RETRIES, Trust.JAVA, null);

    public HttpSettings withRetries(int count) {
        return new HttpSettings(connectTimeout, responseTimeout, count, trust, proxy);
    }

    /** For somebody who waits: nothing takes longer than that, and nothing is repeated. */
    public HttpSettings withPatience(Duration patience) {
        return new HttpSettings(shorter(connectTimeout, patience), shorter(responseTimeout, patience), 0, trust, proxy);
    }

    /** In which the answer to a small call must be whole. */
    Duration callTimeout() {
        return connectTimeout.plus(responseTimeout.multipliedBy(2));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    public HttpSettings withTrust(Trust other) {
        return new HttpSettings(connectTimeout, responseTimeout, retries, other, proxy);
    }

    /** For one transfer from an agent: no password of a proxy, no repetition, and silences ten times as long. */
    public HttpSettings forTransfer() {
        return new HttpSettings(
                connectTimeout,
                responseTimeout.multipliedBy(PATIENCE_WITH_TRANSFERS),
                0,
                trust,
                proxy == null ? null : proxy.withoutCredentials());
    }
}
