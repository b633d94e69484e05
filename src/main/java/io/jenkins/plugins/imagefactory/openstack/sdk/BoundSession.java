package io.jenkins.plugins.imagefactory.openstack.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.openstack4j.api.exceptions.OS4JException;
import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.model.identity.URLResolverParams;

/** The session of one call, which openstack4j carries to {@link TransportExecutor} as that which resolves addresses. */
record BoundSession(Session session, String service, URI endpoint) implements EndpointURLResolver {
    private static final String JSON = "application/json";

    /** Carries the failure through openstack4j, whose methods declare none. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final OpenStackException failure;

        Refusal(OpenStackException failure) {
            super(failure.getMessage(), failure);
            this.failure = failure;
        }

        OpenStackException failure() {
            return failure;
        }
    }

    /** Without a slash at its end, which paths begin with. */
    @Override
    public String findURLV3(URLResolverParams params) {
        return endpoint.toString().replaceAll("/+$", "");
    }

    @Override
    public String findURLV2(URLResolverParams params) {
        throw new UnsupportedOperationException("Keystone's API v2 is gone");
    }

    TransportResponse send(HttpRequest<?> request) {
        try {
            return new TransportResponse(session.send(service, onTransport(request)));
        } catch (OpenStackException e) {
            throw new Refusal(e);
        }
    }

    private static HttpUriRequestBase onTransport(HttpRequest<?> request) {
        URI address = URI.create(request.getUrl());
        JsonNode body = body(request);
        HttpUriRequestBase sent = body == null
                ? HttpTransport.request(request.getMethod().name(), address)
                : HttpTransport.request(request.getMethod().name(), address, body, JSON);
        request.getHeaders().forEach((name, value) -> sent.setHeader(name, value));
        return sent;
    }

    /** By openstack4j's mapper, which puts some entities under a root name. */
    private static JsonNode body(HttpRequest<?> request) {
        Object entity = request.getEntity();
        if (entity == null) {
            return null;
        }
        try {
            return HttpTransport.JSON.readTree(
                    ObjectMapperSingleton.getContext(entity.getClass()).writeValueAsString(entity));
        } catch (JsonProcessingException e) {
            throw new OS4JException(e.getOriginalMessage());
        }
    }
}
