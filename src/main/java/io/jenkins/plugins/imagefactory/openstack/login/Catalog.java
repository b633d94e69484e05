package io.jenkins.plugins.imagefactory.openstack.login;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.Quoted;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The service catalog of a scoped token. */
record Catalog(JsonNode services) {

    /**
     * The endpoint of a service.
     *
     * @param region null for the only or first one
     * @param endpointInterface public, internal or admin
     */
    URI endpoint(ServiceType type, @CheckForNull String region, String endpointInterface) throws OpenStackException {
        for (String name : type.names()) {
            for (JsonNode service : services) {
                if (service.path("type").asText().equals(name)) {
                    for (JsonNode endpoint : service.path("endpoints")) {
                        if (endpoint.path("interface").asText().equals(endpointInterface)
                                && (region == null
                                        || endpoint.path("region_id").asText().equals(region))) {
                            return address(endpoint)
                                    .orElseThrow(() -> new OpenStackException("the cloud's catalog has an address for '"
                                            + name + "' that is none: "
                                            + Quoted.text(endpoint.path("url").asText())));
                        }
                    }
                }
            }
        }
        throw new OpenStackException("the cloud's catalog has no " + endpointInterface + " endpoint of type '"
                + type.names().get(0) + "'" + (region == null ? "" : " in region '" + region + "'") + "; it offers "
                + types() + " in regions " + regions());
    }

    /** The endpoints of all services, by type; of the first region if {@code region} is null. */
    Map<String, URI> endpoints(String region, String endpointInterface) {
        Map<String, URI> addresses = new TreeMap<>();
        for (JsonNode service : services) {
            for (JsonNode endpoint : service.path("endpoints")) {
                if (endpoint.path("interface").asText().equals(endpointInterface)
                        && (region == null
                                || endpoint.path("region_id").asText().equals(region))) {
                    address(endpoint)
                            .ifPresent(address ->
                                    addresses.putIfAbsent(service.path("type").asText(), address));
                }
            }
        }
        return addresses;
    }

    private static Optional<URI> address(JsonNode endpoint) {
        try {
            URI address = new URI(endpoint.path("url").asText());
            return address.getHost() == null || address.getScheme() == null ? Optional.empty() : Optional.of(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The types of all services. */
    SortedSet<String> types() {
        SortedSet<String> types = new TreeSet<>();
        services.forEach(service -> types.add(service.path("type").asText()));
        return types;
    }

    private SortedSet<String> regions() {
        SortedSet<String> regions = new TreeSet<>();
        services.findValuesAsText("region_id").forEach(regions::add);
        return regions;
    }
}
