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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Heat's Orchestration API v1 in one project.
 *
 * @see <a href="https://docs.openstack.org/api-ref/orchestration/v1/#validate-template">Validate template</a>
 */
public final class Heat {
    private static final String SERVICE = "Heat";
    private static final String JSON = "application/json";

    private final Session session;
    private final URI endpoint;

    /** @param endpoint with version and project, as catalogs give it */
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
        URI address = URI.create(endpoint.toString().replaceAll("/+$", "") + "/validate");
        JsonNode found = session.sendHarmless(SERVICE, HttpTransport.request("POST", address, request, JSON))
                .body()
                .path("Parameters");
        Map<String, String> parameters = new LinkedHashMap<>();
        found.properties()
                .forEach(parameter -> parameters.put(
                        parameter.getKey(), parameter.getValue().path("Type").asText()));
        return parameters;
    }
}
