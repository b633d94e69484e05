package io.jenkins.plugins.imagefactory.openstack;

import java.net.URI;

/**
 * Where a cloud is and which of its endpoints to use.
 *
 * @param name what people call it
 * @param authUrl Keystone's address, with or without {@code /v3}
 * @param region null if the cloud has one
 * @param endpointInterface public, internal or admin
 */
public record CloudEndpoint(String name, URI authUrl, String region, String endpointInterface) {

    /** {@code path} below Keystone's {@code /v3}. */
    URI keystone(String path) {
        return ServiceUrl.below(authUrl, "v3", path);
    }
}
