package io.jenkins.plugins.imagefactory.openstack.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Tells a name that nobody knows from one that nobody has answered for yet, which the system has one exception for. Java keeps
 * either for a while, without the reason, and does not ask again before that is over.
 */
final class NameResolution implements DnsResolver {
    private static final String NOT_ANSWERED = "Temporary failure in name resolution";
    private static final String KEPT_BY_JAVA = "networkaddress.cache.negative.ttl";
    private static final int SECONDS_BY_DEFAULT = 10;

    private final Map<String, Deadline> unanswered = new ConcurrentHashMap<>();

    /** Those who know names did not answer. */
    static final class Unanswered extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Unanswered(String host) {
            super(host);
        }
    }

    /** After which Java asks again. */
    static Duration keptByJava() {
        String seconds = Security.getProperty(KEPT_BY_JAVA);
        return Duration.ofSeconds(
                seconds != null && seconds.matches("\\d{1,4}") ? Integer.parseInt(seconds) : SECONDS_BY_DEFAULT);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            return SystemDefaultDnsResolver.INSTANCE.resolve(host);
        } catch (UnknownHostException e) {
            if (String.valueOf(e.getMessage()).contains(NOT_ANSWERED)) {
                unanswered.put(host, Deadline.in(keptByJava().plusSeconds(1)));
            }
            Deadline kept = unanswered.get(host);
            if (kept == null || kept.isOver()) {
                throw e;
            }
            throw new Unanswered(host);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }
}
