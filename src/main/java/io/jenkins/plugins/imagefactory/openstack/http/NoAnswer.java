package io.jenkins.plugins.imagefactory.openstack.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Why a service gave no answer, as far as it can be told from here. */
public enum NoAnswer {
    UNKNOWN_HOST(false, "could not be reached: its host name is unknown"),
    NO_NAME_SERVER(true, "could not be reached: no name server has answered for its host name"),
    CONNECTION_REFUSED(true, "could not be reached: connection refused"),
    NO_CONNECTION(true, "could not be reached: no connection was made in time"),
    NO_ROUTE(true, "could not be reached: there is no route to it"),
    SILENCE(true, "did not answer in time"),
    NO_TLS(false, "does not speak TLS: is its address one with http://?"),
    TLS(false, "could not be trusted"),
    CONNECTION_LOST(true, "broke the connection off"),
    INTERRUPTED(false, "was not waited for any longer"),
    OTHER(true, "could not be talked to");

    /** Java's words for an answer that is none of TLS, such as one of HTTP. */
    private static final String NOT_OF_TLS = "unrecognized SSL message";

    private final boolean passing;
    private final String sentence;

    NoAnswer(boolean passing, String sentence) {
        this.passing = passing;
        this.sentence = sentence;
    }

    static NoAnswer of(IOException e) {
        if (e instanceof NameResolution.Unanswered) {
            return NO_NAME_SERVER;
        }
        if (e instanceof UnknownHostException) {
            return UNKNOWN_HOST;
        }
        if (e instanceof NoRouteToHostException) {
            return NO_ROUTE;
        }
        if (e instanceof ConnectTimeoutException) {
            return NO_CONNECTION;
        }
        if (e instanceof ConnectException) {
            return CONNECTION_REFUSED;
        }
        if (e instanceof SocketTimeoutException) {
            return SILENCE;
        }
        if (e instanceof SSLException) {
            return String.valueOf(e.getMessage()).contains(NOT_OF_TLS) ? NO_TLS : TLS;
        }
        if (e instanceof SocketException
                || e instanceof NoHttpResponseException
                || e instanceof ConnectionClosedException
                || saysTheSystem(e)) {
            return CONNECTION_LOST;
        }
        return e instanceof InterruptedIOException ? INTERRUPTED : OTHER;
    }

    /** A channel has no exceptions of its own for what breaks a connection. */
    private static boolean saysTheSystem(IOException e) {
        return e.getClass() == IOException.class || e instanceof ClosedChannelException;
    }

    /** Whether the same call may succeed a moment later. */
    boolean passing() {
        return passing;
    }

    /** The end of a sentence that begins with the service and its address. */
    String sentence(IOException e) {
        return switch (this) {
            case TLS, CONNECTION_LOST, OTHER -> sentence + ": " + deepest(e);
            default -> sentence;
        };
    }

    /** Java wraps what a trust manager says; what lies deeper than that is Java's own jargon. */
    private static String deepest(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.security.cert.CertificateException) {
                return cause.getMessage();
            }
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
