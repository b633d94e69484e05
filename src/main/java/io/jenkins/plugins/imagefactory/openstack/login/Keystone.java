package io.jenkins.plugins.imagefactory.openstack.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Keystone's Identity API v3, as far as an ordinary member may use it.
 *
 * @see <a href="https://docs.openstack.org/api-ref/identity/v3/">Identity API v3</a>
 */
final class Keystone {
    private static final String SERVICE = "Keystone";
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final Set<Integer> UNKNOWN_REQUEST = Set.of(NOT_FOUND, 405, 501);
    private static final int MOST_PAGES = 1000;

    private final HttpTransport http;
    private final CloudEndpoint cloud;
    private final Consumer<String> gotToken;

    /** @param gotToken hears of each token before it is used, also of one that is good for no project */
    Keystone(HttpTransport http, CloudEndpoint cloud, Consumer<String> gotToken) {
        this.http = http;
        this.cloud = cloud;
        this.gotToken = gotToken;
    }

    /**
     * Logs in.
     *
     * <p>Keystone gives one and the same 401 for a wrong password, an unknown project and a project without a role; an
     * unscoped login tells them apart.
     */
    KeystoneToken login(Identity identity, Scope scope) throws OpenStackException {
        if (!identity.choosesProject()) {
            return loginToImpliedProject(identity, scope);
        }
        try {
            return authenticate(identity, scope.toJson());
        } catch (OpenStackException e) {
            if (!isRefusal(e, identity)) {
                throw e.status() != 0 && identity instanceof Identity.ExistingToken ? notExchanged(scope, e) : e;
            }
            List<Project> listed = projectsOf(unscoped(identity).id());
            if (scope instanceof Scope.OfProject wanted) {
                return loginToListedProject(identity, wanted, listed);
            }
            throw new OpenStackException(
                    UNAUTHORIZED,
                    identity.label() + " has no role on " + scope.label() + " of cloud '" + cloud.name()
                            + "'; it has roles on " + names(listed));
        }
    }

    private OpenStackException notExchanged(Scope scope, OpenStackException why) {
        return new OpenStackException(
                why.status(),
                "cloud '" + cloud.name() + "' (" + cloud.authUrl() + ") does not exchange this token for one of "
                        + scope.label() + ": " + why.getMessage());
    }

    /** An application credential names no scope in its request: Keystone answers 401 if it does. */
    private KeystoneToken loginToImpliedProject(Identity identity, Scope scope) throws OpenStackException {
        KeystoneToken token = unscoped(identity);
        Project own = token.project();
        if (scope instanceof Scope.OfProject wanted && !wanted.isMetBy(own)) {
            throw new OpenStackException(identity.label() + " is good for "
                    + (own == null ? "no project" : "project '" + own.name() + "'") + " of cloud '" + cloud.name()
                    + "'" + (own == null ? "" : " only") + ", not for '" + wanted.project()
                    + "': use an application credential of that project, or a password");
        }
        return token;
    }

    private KeystoneToken loginToListedProject(Identity identity, Scope.OfProject wanted, List<Project> listed)
            throws OpenStackException {
        for (Project candidate : listed) {
            if (candidate.id().equals(wanted.project())) {
                return authenticate(identity, new Scope.OfProject(candidate).toJson());
            }
        }
        throw new OpenStackException(
                UNAUTHORIZED,
                "project '" + wanted.project() + "' does not exist in cloud '" + cloud.name() + "', or "
                        + identity.label() + " has no role on it; it has roles on " + names(listed));
    }

    private KeystoneToken unscoped(Identity identity) throws OpenStackException {
        try {
            return authenticate(identity, identity.choosesProject() ? new TextNode("unscoped") : null);
        } catch (OpenStackException e) {
            if (!isRefusal(e, identity)) {
                throw e;
            }
            throw new OpenStackException(
                    UNAUTHORIZED,
                    "cloud '" + cloud.name() + "' (" + cloud.authUrl() + ") refused " + identity.label() + ": "
                            + identity.doubts());
        }
    }

    /** Of a token that it cannot read, Keystone says that it is not found. */
    private static boolean isRefusal(OpenStackException e, Identity identity) {
        return e.status() == UNAUTHORIZED || e.status() == NOT_FOUND && identity instanceof Identity.ExistingToken;
    }

    private static List<String> names(List<Project> projects) {
        return projects.stream().map(Project::name).sorted().toList();
    }

    /** The projects that the owner of the token can scope to: asked without any admin right. */
    List<Project> projectsOf(String token) throws OpenStackException {
        return projects("auth/projects", token);
    }

    /** The projects of that name in all domains; needs a role that may list projects, else status 403. */
    List<Project> projectsNamed(String name, String token) throws OpenStackException {
        return projects("projects?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), token);
    }

    private List<Project> projects(String path, String token) throws OpenStackException {
        List<Project> projects = new ArrayList<>();
        Set<URI> pages = new HashSet<>();
        for (URI page = cloud.keystone(path); page != null; ) {
            if (pages.size() == MOST_PAGES || !pages.add(page)) {
                throw new OpenStackException(
                        SERVICE + " at " + cloud.authUrl() + " has a list of projects without an end");
            }
            HttpUriRequestBase request = HttpTransport.request("GET", page);
            request.setHeader("X-Auth-Token", token);
            JsonNode body = http.send(SERVICE, request).body();
            body.path("projects").forEach(project -> projects.add(Project.of(project)));
            JsonNode next = body.at("/links/next");
            page = next.isTextual() ? nextPage(page, next.asText()) : null;
        }
        return projects;
    }

    /** The token goes to nobody but the one who gave it. */
    private static URI nextPage(URI page, String link) throws OpenStackException {
        try {
            URI next = page.resolve(new URI(link));
            if (origin(next).equals(origin(page))) {
                return next;
            }
        } catch (URISyntaxException e) {
            throw elsewhere(page, link);
        }
        throw elsewhere(page, link);
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    private static OpenStackException elsewhere(URI page, String link) {
        return new OpenStackException(SERVICE + " at " + origin(page) + " says that its list goes on at '" + link
                + "', and gets no token there: have its public_endpoint be the address by which clients reach it");
    }

    /** @param scope null for what the identity implies */
    private KeystoneToken authenticate(Identity identity, @CheckForNull JsonNode scope) throws OpenStackException {
        ObjectNode body = HttpTransport.JSON.createObjectNode();
        ObjectNode auth = body.putObject("auth");
        auth.set("identity", identity.toJson());
        if (scope != null) {
            auth.set("scope", scope);
        }
        HttpTransport.Answer answer = tokens(identity, body);
        String id = answer.subjectToken()
                .orElseThrow(() -> new OpenStackException(
                        cloud.authUrl() + " does not look like a Keystone: it answered a login without a token"));
        gotToken.accept(id);
        return KeystoneToken.of(id, answer.body().path("token"));
    }

    /** Keystone itself says that it does not find something only of a token, and knows this request. */
    private HttpTransport.Answer tokens(Identity identity, ObjectNode body) throws OpenStackException {
        try {
            return http.sendHarmless(
                    SERVICE, HttpTransport.request("POST", cloud.keystone("auth/tokens"), body, "application/json"));
        } catch (OpenStackException e) {
            if (UNKNOWN_REQUEST.contains(e.status()) && !(identity instanceof Identity.ExistingToken)) {
                throw new OpenStackException(
                        e.status(), cloud.authUrl() + " does not look like a Keystone: " + e.getMessage());
            }
            throw e;
        }
    }
}
