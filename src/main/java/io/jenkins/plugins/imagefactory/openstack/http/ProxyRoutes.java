package io.jenkins.plugins.imagefactory.openstack.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Sends requests through the proxy, save for the hosts that it does not serve. */
final class ProxyRoutes extends DefaultRoutePlanner {
    private final HttpProxy proxy;

    /** @param proxy null for none */
    ProxyRoutes(@CheckForNull HttpProxy proxy) {
        super(null);
        this.proxy = proxy;
    }

    @Override
    protected HttpHost determineProxy(HttpHost target, HttpContext context) {
        return proxy != null && proxy.serves(target) ? proxy.address() : null;
    }
}
