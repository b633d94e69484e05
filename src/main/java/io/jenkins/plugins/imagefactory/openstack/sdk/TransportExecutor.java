package io.jenkins.plugins.imagefactory.openstack.sdk;

import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;

/** openstack4j's connector, found by its ServiceLoader: lets the session of the call send it on this plugin's transport. */
public final class TransportExecutor implements HttpExecutorService {
    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        if (request.getConfig().getEndpointURLResolver() instanceof BoundSession bound) {
            return bound.send(request);
        }
        throw new IllegalStateException("openstack4j is called without a session: " + request.getUrl());
    }

    @Override
    public String getExecutorDisplayName() {
        return "OpenStack Image Factory";
    }
}
