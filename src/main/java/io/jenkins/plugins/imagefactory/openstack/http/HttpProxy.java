package io.jenkins.plugins.imagefactory.openstack.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.List;
import org.apache.hc.core5.http.HttpHost;

/**
 * The proxy between Jenkins and its clouds.
 *
 * @param user null if the proxy asks for none
 * @param password secret; null if the proxy asks for none
 * @param direct regular expressions of the hosts that are asked without it
 */
public record HttpProxy(
        String host,
        int port,
        @CheckForNull String user,
        @CheckForNull String password,
        List<String> direct) implements Serializable {

    boolean serves(HttpHost target) {
        return direct.stream().noneMatch(target.getHostName()::matches);
    }

    HttpHost address() {
        return new HttpHost(host, port);
    }

    HttpProxy withoutCredentials() {
        return new HttpProxy(host, port, null, null, direct);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
