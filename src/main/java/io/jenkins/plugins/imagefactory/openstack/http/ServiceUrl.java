package io.jenkins.plugins.imagefactory.openstack.http;

import java.net.URI;

/** Addresses below an endpoint, which catalogs give with or without the API's version at its end. */
public final class ServiceUrl {
    private static final String OLD_KEYSTONE = "/v2.0";

    private ServiceUrl() {}

    public static URI below(URI endpoint, String version, String path) {
        String base = endpoint.toString().replaceAll("/+$", "");
        if (base.endsWith(OLD_KEYSTONE)) {
            base = base.substring(0, base.length() - OLD_KEYSTONE.length());
        }
        return URI.create((base.endsWith("/" + version) ? base : base + "/" + version) + "/" + path);
    }
}
