package io.jenkins.plugins.imagefactory.openstack.login;

import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * A login to a cloud, usually to one project. Hands out a token that is good for a while yet, and a fresh one after a
 * service rejected it. Thread-safe; belongs on the controller, because it holds the {@link Identity}.
 */
public final class Session {
    private static final int UNAUTHORIZED = 401;

    private final HttpTransport http;
    private final CloudLogin login;
    private final Observer observer;
    private final SharedToken token;
    private volatile String heard;

    /** Hears what a session gets to know before anybody makes use of it. */
    public interface Observer {
        /** Does nothing with it. */
        Observer NONE = new Observer() {
            @Override
            public void gotToken(String token) {
                // nobody is interested
            }

            @Override
            public void unencrypted(String service, URI address) {
                // nobody is interested
            }
        };

        /** The token is a secret. */
        void gotToken(String token);

        /** The login was encrypted, but what is said to this service is not. */
        void unencrypted(String service, URI address);
    }

    /** Does not talk to the cloud yet. */
    public Session(HttpTransport http, CloudLogin login) {
        this(http, login, Observer.NONE);
    }

    public Session(HttpTransport http, CloudLogin login, Observer observer) {
        this(http, login, observer, new SharedToken());
    }

    /** @param token that of the same login, which whoever comes first gets */
    public Session(HttpTransport http, CloudLogin login, Observer observer, SharedToken token) {
        this.http = http;
        this.login = login;
        this.observer = observer;
        this.token = token;
    }

    /** The same identity in another project; only for one that {@link #choosesProject}. */
    public Session in(Scope.OfProject other) {
        return new Session(http, login.in(other), observer);
    }

    /** Whether this session's identity can log in to other projects as well. */
    public boolean choosesProject() {
        return login.identity().choosesProject();
    }

    public String cloudName() {
        return login.endpoint().name();
    }

    /** Who is logged in, for error messages. */
    public String identityLabel() {
        return login.identity().label();
    }

    /**
     * The project that Keystone scoped this session to.
     *
     * @throws OpenStackException if it is scoped to none
     */
    public Project project() throws OpenStackException {
        Project project = current().project();
        if (project == null) {
            throw new OpenStackException(
                    identityLabel() + " logs in to " + place()
                            + ", and to no project, which this needs: name a project in the cloud's configuration or in the step");
        }
        return project;
    }

    /** Where this session works, for messages. */
    public String place() throws OpenStackException {
        Project project = current().project();
        return (project == null ? login.scope().label() : "project '" + project.name() + "'") + " of cloud '"
                + cloudName() + "'";
    }

    /** Name of the user that Keystone knows. */
    public String user() throws OpenStackException {
        return current().user();
    }

    /** A token with time left. */
    public String token() throws OpenStackException {
        return current().id();
    }

    /** When the current token ends. */
    public Instant tokenExpiry() throws OpenStackException {
        return current().expiresAt();
    }

    /** The types of the services that the catalog offers. */
    public SortedSet<String> services() throws OpenStackException {
        return current().catalog().types();
    }

    /** The services to which this session's token would travel in clear after an encrypted login, by type. */
    public Map<String, URI> unencrypted() throws OpenStackException {
        return login.endpoint().unencrypted(current().catalog());
    }

    /**
     * Says that other clients will speak to any service of the catalog.
     *
     * @throws OpenStackException if they would give away the token of an encrypted login, and must not
     */
    public void handOverCatalog() throws OpenStackException {
        for (Map.Entry<String, URI> service : unencrypted().entrySet()) {
            login.endpoint().requireConsent(service.getKey(), service.getValue());
            observer.unencrypted(service.getKey(), service.getValue());
        }
    }

    /** The region whose endpoints are used; an empty text for the only one. */
    public String region() {
        return Objects.requireNonNullElse(login.endpoint().region(), "");
    }

    /** Says that a service answered 401 to this token: the next {@link #token} is another one. */
    public void rejected(String rejectedToken) {
        token.rejected(rejectedToken);
    }

    /** The projects that this session's identity can scope to. */
    public List<Project> projects() throws OpenStackException {
        return choosesProject() ? keystone().projectsOf(token()) : List.of(project());
    }

    List<Project> projectsNamed(String name) throws OpenStackException {
        return keystone().projectsNamed(name, token());
    }

    /** How an agent reaches this cloud for a transfer. */
    public HttpSettings transferSettings() {
        return http.settings().forTransfer();
    }

    /** Sends a request with this session's token; one that is rejected is sent once more with a fresh token. */
    public HttpTransport.Answer send(String service, HttpUriRequestBase request) throws OpenStackException {
        return withToken(request, () -> http.send(service, request));
    }

    /** The same for a request that may be repeated after any failure in passing. */
    public HttpTransport.Answer sendHarmless(String service, HttpUriRequestBase request) throws OpenStackException {
        return withToken(request, () -> http.sendHarmless(service, request));
    }

    @FunctionalInterface
    private interface Call {
        HttpTransport.Answer send() throws OpenStackException;
    }

    private HttpTransport.Answer withToken(HttpUriRequestBase request, Call call) throws OpenStackException {
        String tried = token();
        request.setHeader("X-Auth-Token", tried);
        try {
            return call.send();
        } catch (OpenStackException e) {
            if (e.status() != UNAUTHORIZED) {
                throw e;
            }
            rejected(tried);
            request.setHeader("X-Auth-Token", token());
            request.reset();
            return call.send();
        }
    }

    /** Where a service of that type is, by the catalog; says so if the token would travel in clear. */
    public URI endpoint(ServiceType type) throws OpenStackException {
        URI address = login.endpoint().service(type, current().catalog());
        if (login.endpoint().unencrypted(address)) {
            observer.unencrypted(type.names().get(0), address);
        }
        return address;
    }

    private Keystone keystone() {
        return new Keystone(http, login.endpoint(), this::got);
    }

    private void got(String id) {
        observer.gotToken(id);
        heard = id;
    }

    private KeystoneToken current() throws OpenStackException {
        KeystoneToken current = token.current(() -> keystone().login(login.identity(), login.scope()));
        if (!current.id().equals(heard)) {
            got(current.id());
        }
        return current;
    }
}
