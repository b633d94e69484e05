package io.jenkins.plugins.imagefactory.openstack.http;

import java.net.URI;
import java.security.Security;
import java.time.Duration;

/** A process of its own for {@link LateNamesIT}: calls an address, and prints what comes of it. */
public final class NamesProcess {
    private NamesProcess() {}

    /** @param arguments address, and how often to try again */
    public static void main(String[] arguments) throws Exception {
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        HttpSettings settings = new HttpSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Integer.parseInt(arguments[1]), Trust.JAVA, null);
        try (HttpTransport http = new HttpTransport(settings)) {
            http.send("Glance", HttpTransport.request("GET", URI.create(arguments[0])));
            System.out.println("answered");
        } catch (OpenStackException e) {
            System.out.println((e.isPassing() ? "may pass: " : "stays: ") + e.getMessage());
        }
    }
}
