package io.jenkins.plugins.imagefactory.openstack.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Repeats what failed in passing, after ever longer pauses: idempotent calls and logins after any such failure, others
 * only if the request surely had no effect. A service's {@code Retry-After} is obeyed.
 */
final class BackOff extends DefaultHttpRequestRetryStrategy {
    /** In the context of a request that may be repeated though its method is not idempotent. */
    static final String HARMLESS = BackOff.class.getName() + ".harmless";

    private static final int TOO_MANY_REQUESTS = 429;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_RETRY_AFTER_SECONDS = 60;

    private final int retries;

    BackOff(int retries) {
        super(
                retries,
                TimeValue.ofMilliseconds(FIRST_PAUSE_MILLIS),
                List.of(
                        InterruptedIOException.class,
                        UnknownHostException.class,
                        SocketTimeoutException.class,
                        SSLException.class),
                List.of(TOO_MANY_REQUESTS, 500, 502, 503, 504));
        this.retries = retries;
    }

    @Override
    public boolean retryRequest(HttpRequest request, IOException failure, int attempt, HttpContext context) {
        boolean repeats = failure instanceof ConnectException
                        || failure instanceof ConnectTimeoutException
                        || failure instanceof NameResolution.Unanswered
                ? attempt <= retries
                : super.retryRequest(request, failure, attempt, context) && mayRepeat(request, context);
        return repeats && beginPause(context);
    }

    @Override
    public boolean retryRequest(HttpResponse response, int attempt, HttpContext context) {
        if (!super.retryRequest(response, attempt, context)
                || super.getRetryInterval(response, attempt, context).toSeconds() > LONGEST_RETRY_AFTER_SECONDS) {
            return false;
        }
        return (response.getCode() == TOO_MANY_REQUESTS
                        || mayRepeat(HttpCoreContext.cast(context).getRequest(), context))
                && beginPause(context);
    }

    /** A pause does not count as time in which an answer is awaited. */
    private static boolean beginPause(HttpContext context) {
        if (context.getAttribute(CallDeadline.OF_CALL) instanceof CallDeadline deadline) {
            deadline.pause();
        }
        return true;
    }

    /** Whether repeating does no harm; {@link #mayRepeat} asks with the context, which this method is not given. */
    @Override
    protected boolean handleAsIdempotent(HttpRequest request) {
        return true;
    }

    private boolean mayRepeat(HttpRequest request, HttpContext context) {
        return super.handleAsIdempotent(request) || Boolean.TRUE.equals(context.getAttribute(HARMLESS));
    }

    @Override
    public TimeValue getRetryInterval(HttpRequest request, IOException failure, int attempt, HttpContext context) {
        return failure instanceof NameResolution.Unanswered
                ? TimeValue.of(NameResolution.keptByJava().plusSeconds(1))
                : pause(attempt);
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int attempt, HttpContext context) {
        return response.containsHeader("Retry-After")
                ? super.getRetryInterval(response, attempt, context)
                : pause(attempt);
    }

    /** Doubles from attempt to attempt, give or take half, lest all builds come back at once. */
    private static TimeValue pause(int attempt) {
        double jitter = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
        return TimeValue.ofMilliseconds((long) (FIRST_PAUSE_MILLIS * (1L << (attempt - 1)) * jitter));
    }
}
