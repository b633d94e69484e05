package io.jenkins.plugins.imagefactory.openstack;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * A login to one project of a cloud. Hands out a token that is good for a while yet, and a fresh one after a service
 * rejected it. Thread-safe; belongs on the controller, because it holds the {@link Identity}.
 */
public final class Session {
    private static final Duration RENEW_BEFORE_EXPIRY = Duration.ofMinutes(10);

    private final HttpTransport http;
    private final CloudEndpoint cloud;
    private final Identity identity;
    private final String project;
    private final String projectDomain;
    private Token token;

    /**
     * Does not talk to the cloud yet.
     *
     * @param project by name or id
     * @param projectDomain by name or id, for a project given by name
     */
    public Session(HttpTransport http, CloudEndpoint cloud, Identity identity, String project, String projectDomain) {
        this.http = http;
        this.cloud = cloud;
        this.identity = identity;
        this.project = project;
        this.projectDomain = projectDomain;
    }

    /** The same identity in another project. */
    public Session in(Project other) {
        return new Session(http, cloud, identity, other.id(), other.domainId());
    }

    public String cloudName() {
        return cloud.name();
    }

    /** Who is logged in, for error messages. */
    public String identityLabel() {
        return identity.label();
    }

    /** The project that Keystone scoped this session to. */
    public Project project() throws OpenStackException {
        return current().project();
    }

    /** A token with time left. */
    public String token() throws OpenStackException {
        return current().id();
    }

    /** Says that a service answered 401 to this token: the next {@link #token} is another one. */
    public synchronized void rejected(String rejectedToken) {
        if (token != null && token.id().equals(rejectedToken)) {
            token = null;
        }
    }

    public Glance glance() throws OpenStackException {
        return new Glance(this, endpoint("image"));
    }

    /** The projects that this session's identity can scope to. */
    public List<Project> projects() throws OpenStackException {
        return new Keystone(http, cloud).projectsOf(token());
    }

    List<Project> projectsNamed(String name) throws OpenStackException {
        return new Keystone(http, cloud).projectsNamed(name, token());
    }

    /** Sends a request with this session's token; one that is rejected is sent once more with a fresh token. */
    HttpTransport.Answer send(String service, HttpUriRequestBase request) throws OpenStackException {
        String tried = token();
        try {
            return send(service, request, tried);
        } catch (OpenStackException e) {
            if (e.status() != 401) {
                throw e;
            }
            rejected(tried);
            return send(service, request, token());
        }
    }

    private HttpTransport.Answer send(String service, HttpUriRequestBase request, String token)
            throws OpenStackException {
        request.setHeader("X-Auth-Token", token);
        return http.send(service, request);
    }

    private URI endpoint(String type) throws OpenStackException {
        return current().catalog().endpoint(type, cloud.region(), cloud.endpointInterface());
    }

    private synchronized Token current() throws OpenStackException {
        if (token == null || Instant.now().isAfter(token.expiresAt().minus(RENEW_BEFORE_EXPIRY))) {
            token = new Keystone(http, cloud).login(identity, project, projectDomain);
        }
        return Objects.requireNonNull(token);
    }
}
