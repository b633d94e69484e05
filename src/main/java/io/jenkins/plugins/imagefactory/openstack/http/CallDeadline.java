package io.jenkins.plugins.imagefactory.openstack.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Ends a small call whose answer never becomes whole: a timeout of the socket begins anew with every byte, so that a server
 * that sends one now and then would hold the caller for good.
 */
final class CallDeadline implements AutoCloseable {
    /** In the context of a call. */
    static final String OF_CALL = CallDeadline.class.getName();

    private final HttpUriRequestBase request;
    private final Duration limit;
    private CompletableFuture<Boolean> over = CompletableFuture.completedFuture(false);
    private volatile boolean expired;

    /** @param limit of one attempt, from its begin to the last byte of its answer */
    CallDeadline(HttpUriRequestBase request, Duration limit) {
        this.request = request;
        this.limit = limit;
    }

    /** An attempt begins. */
    void restart() {
        over.complete(false);
        over = new CompletableFuture<Boolean>().completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS);
        over.thenAccept(isOver -> {
            if (isOver) {
                expired = true;
                request.cancel();
            }
        });
    }

    /** It has ended, and another one follows after a pause. */
    void pause() {
        over.complete(false);
    }

    /** Whether this is what ended the call. */
    boolean expired() {
        return expired;
    }

    Duration limit() {
        return limit;
    }

    @Override
    public void close() {
        over.complete(false);
    }
}
