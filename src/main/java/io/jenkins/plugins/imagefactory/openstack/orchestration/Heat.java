package io.jenkins.plugins.imagefactory.openstack.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of Heat's Orchestration API v1 in one project what openstack4j does not say: checks, previews, and tags.
 *
 * @see <a href="https://docs.openstack.org/api-ref/orchestration/v1/#validate-template">Validate template</a>
 */
public final class Heat {
    private static final String SERVICE = "Heat";
    private static final String JSON = "application/json";
    /** What Heat calls the changes of an update, as people call them. */
    private static final Map<String, String> CHANGES = new LinkedHashMap<>();

    static {
        CHANGES.put("added", "create");
        CHANGES.put("updated", "update");
        CHANGES.put("replaced", "replace");
        CHANGES.put("deleted", "delete");
        CHANGES.put("unchanged", "leave");
    }

    private final Session session;
    private final URI endpoint;

    /** The one of that session's cloud; does not talk to it beyond the login. */
    public static Heat of(Session session) throws OpenStackException {
        return new Heat(session, session.endpoint(ServiceType.ORCHESTRATION));
    }

    private Heat(Session session, URI endpoint) {
        this.session = session;
        this.endpoint = endpoint;
    }

    /**
     * Has Heat check a template; nothing is created.
     *
     * @param template in YAML or JSON
     * @param files that the template names in get_file or as types of resources, by these names
     * @param environment in YAML; null for none
     * @return the types of the parameters that Heat found, by their names
     * @throws OpenStackException with Heat's words when it refuses the template
     */
    public Map<String, String> validate(String template, Map<String, String> files, @CheckForNull String environment)
            throws OpenStackException {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("template", template);
        ObjectNode contents = request.putObject("files");
        files.forEach(contents::put);
        if (environment != null) {
            request.put("environment", environment);
        }
        URI address = address("/validate");
        JsonNode found = session.sendHarmless(SERVICE, HttpTransport.request("POST", address, request, JSON))
                .body()
                .path("Parameters");
        Map<String, String> parameters = new LinkedHashMap<>();
        found.properties()
                .forEach(parameter -> parameters.put(
                        parameter.getKey(), parameter.getValue().path("Type").asText()));
        return parameters;
    }

    /**
     * What Heat would make of it, a line for each resource; nothing is created.
     *
     * @see <a href="https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack">Preview stack</a>
     */
    public List<String> preview(StackRequest request) throws OpenStackException {
        ObjectNode body = body(request).put("stack_name", request.name());
        List<String> resources = new ArrayList<>();
        add(
                session.sendHarmless(SERVICE, HttpTransport.request("POST", address("/stacks/preview"), body, JSON))
                        .body()
                        .path("stack")
                        .path("resources"),
                "create",
                resources);
        return resources;
    }

    /**
     * What Heat would change, a line for each resource.
     *
     * @see <a href="https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack-update">Preview stack update</a>
     */
    public List<String> previewUpdate(Stack stack, StackRequest request) throws OpenStackException {
        URI address = address("/stacks/" + stack.name() + "/" + stack.id() + "/preview");
        JsonNode changes = session.sendHarmless(SERVICE, HttpTransport.request("PUT", address, body(request), JSON))
                .body()
                .path("resource_changes");
        List<String> resources = new ArrayList<>();
        CHANGES.forEach((kind, verb) -> add(changes.path(kind), verb, resources));
        return resources;
    }

    /** The tags of a stack. */
    List<String> tags(Stack stack) throws OpenStackException {
        URI address = address("/stacks/" + stack.name() + "/" + stack.id() + "?resolve_outputs=false");
        List<String> tags = new ArrayList<>();
        session.sendHarmless(SERVICE, HttpTransport.request("GET", address))
                .body()
                .path("stack")
                .path("tags")
                .forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    /** The resources of a nested stack are a list in the list. */
    private static void add(JsonNode found, String verb, List<String> resources) {
        for (JsonNode resource : found) {
            if (resource.isArray()) {
                add(resource, verb, resources);
            } else {
                resources.add(verb + " " + described(resource));
            }
        }
    }

    private static String described(JsonNode resource) {
        return resource.path("resource_name").asText() + " ("
                + resource.path("resource_type").asText() + ")";
    }

    private static ObjectNode body(StackRequest request) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("template", request.template())
                .put("timeout_mins", request.timeoutMinutes());
        request.files().forEach(body.putObject("files")::put);
        request.parameters().forEach(body.putObject("parameters")::put);
        if (request.environment() != null) {
            body.put("environment", request.environment());
        }
        return body;
    }

    private URI address(String path) {
        return URI.create(endpoint.toString().replaceAll("/+$", "") + path);
    }
}
