package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;

/** The service catalog of a scoped token. */
record Catalog(JsonNode services) {

    /**
     * The endpoint of a service.
     *
     * @param type as the service types authority names it, such as {@code image}
     * @param region null for the only or first one
     * @param endpointInterface public, internal or admin
     */
    URI endpoint(String type, String region, String endpointInterface) throws OpenStackException {
        Set<String> offered = new TreeSet<>();
        for (JsonNode service : services) {
            offered.add(service.path("type").asText());
            if (!service.path("type").asText().equals(type)) {
                continue;
            }
            for (JsonNode endpoint : service.path("endpoints")) {
                if (endpoint.path("interface").asText().equals(endpointInterface)
                        && (region == null
                                || endpoint.path("region_id").asText().equals(region))) {
                    return URI.create(endpoint.path("url").asText());
                }
            }
        }
        throw new OpenStackException("the cloud's catalog has no " + endpointInterface + " endpoint of type '" + type
                + "'" + (region == null ? "" : " in region '" + region + "'") + "; it offers " + offered);
    }
}
