package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Keystone's Identity API v3, as far as an ordinary member may use it.
 *
 * @see <a href="https://docs.openstack.org/api-ref/identity/v3/">Identity API v3</a>
 */
final class Keystone {
    private static final String SERVICE = "Keystone";

    private final HttpTransport http;
    private final CloudEndpoint cloud;

    Keystone(HttpTransport http, CloudEndpoint cloud) {
        this.http = http;
        this.cloud = cloud;
    }

    /**
     * Logs in to a project.
     *
     * <p>Keystone gives one and the same 401 for a wrong password, an unknown project and a project without a role; an
     * unscoped login tells them apart.
     *
     * @param project by name or id
     * @param projectDomain the domain of a project given by name
     */
    Token login(Identity identity, String project, String projectDomain) throws OpenStackException {
        try {
            return authenticate(identity, ResourceId.isId(project) ? byId(project) : byName(project, projectDomain));
        } catch (OpenStackException e) {
            if (e.status() != 401) {
                throw e;
            }
            return loginToListedProject(identity, project);
        }
    }

    private Token loginToListedProject(Identity identity, String project) throws OpenStackException {
        List<Project> listed;
        try {
            listed = projectsOf(authenticate(identity, unscoped()).id());
        } catch (OpenStackException e) {
            throw new OpenStackException(
                    e.status(),
                    e.status() == 401
                            ? "cloud '" + cloud.name() + "' (" + cloud.authUrl() + ") refused " + identity.label()
                                    + ": wrong user, domain or password, or the user is disabled"
                            : e.getMessage());
        }
        Optional<Project> match = listed.stream()
                .filter(candidate -> candidate.id().equals(project))
                .findFirst();
        if (match.isEmpty()) {
            throw new OpenStackException(
                    401,
                    "project '" + project + "' does not exist in cloud '" + cloud.name() + "', or " + identity.label()
                            + " has no role on it; it has roles on "
                            + listed.stream().map(Project::name).sorted().toList());
        }
        return authenticate(identity, byId(match.get().id()));
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
        for (URI page = cloud.keystone(path); page != null; ) {
            HttpUriRequestBase request = HttpTransport.request("GET", page);
            request.setHeader("X-Auth-Token", token);
            JsonNode body = http.send(SERVICE, request).body();
            body.path("projects").forEach(project -> projects.add(Project.of(project)));
            JsonNode next = body.at("/links/next");
            page = next.isTextual() ? URI.create(next.asText()) : null;
        }
        return projects;
    }

    private Token authenticate(Identity identity, ObjectNode scope) throws OpenStackException {
        ObjectNode body = HttpTransport.JSON.createObjectNode();
        ObjectNode auth = body.putObject("auth");
        auth.set("identity", identity.toJson());
        auth.setAll(scope);
        HttpTransport.Answer answer = http.send(
                SERVICE, HttpTransport.request("POST", cloud.keystone("auth/tokens"), body, "application/json"));
        String id = answer.subjectToken()
                .orElseThrow(() -> new OpenStackException(
                        cloud.authUrl() + " answered a login without a token: is this the address of Keystone?"));
        return Token.of(id, answer.body().path("token"));
    }

    private static ObjectNode byId(String project) {
        ObjectNode auth = HttpTransport.JSON.createObjectNode();
        auth.putObject("scope").putObject("project").put("id", project);
        return auth;
    }

    private static ObjectNode byName(String project, String domain) {
        ObjectNode auth = HttpTransport.JSON.createObjectNode();
        ObjectNode node = auth.putObject("scope").putObject("project").put("name", project);
        node.set("domain", Domain.reference(domain));
        return auth;
    }

    private static ObjectNode unscoped() {
        ObjectNode auth = HttpTransport.JSON.createObjectNode();
        return auth.put("scope", "unscoped");
    }
}
