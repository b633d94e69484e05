package io.jenkins.plugins.imagefactory.openstack;

import java.net.URI;
import java.util.Map;

/**
 * Where a cloud is and which of its endpoints to use.
 *
 * @param name what people call it
 * @param authUrl Keystone's address, with or without its version
 * @param region null if the cloud has one
 * @param endpointInterface public, internal or admin
 * @param overrides addresses that replace the catalog's, by service type
 */
public record CloudEndpoint(
        String name, URI authUrl, String region, String endpointInterface, Map<String, URI> overrides) {

    public CloudEndpoint(String name, URI authUrl, String region, String endpointInterface) {
        this(name, authUrl, region, endpointInterface, Map.of());
    }

    /** {@code path} below Keystone's {@code /v3}. */
    URI keystone(String path) {
        return ServiceUrl.below(authUrl, "v3", path);
    }

    /** The endpoint of a service in the catalog, unless another address is given for it. */
    URI service(ServiceType type, Catalog catalog) throws OpenStackException {
        for (String name : type.names()) {
            if (overrides.containsKey(name)) {
                return overrides.get(name);
            }
        }
        return catalog.endpoint(type, region, endpointInterface);
    }
}
