package io.jenkins.plugins.imagefactory.openstack.login;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.ServiceUrl;
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
 * @param encryptedOnly whether a cloud that logs in over https may have services over https only
 */
public record CloudEndpoint(
        String name,
        URI authUrl,
        @CheckForNull String region,
        String endpointInterface,
        Map<String, URI> overrides,
        boolean encryptedOnly) {

    public CloudEndpoint(
            String name, URI authUrl, String region, String endpointInterface, Map<String, URI> overrides) {
        this(name, authUrl, region, endpointInterface, overrides, false);
    }

    public CloudEndpoint(String name, URI authUrl, String region, String endpointInterface) {
        this(name, authUrl, region, endpointInterface, Map.of());
    }

    /** {@code path} below Keystone's {@code /v3}. */
    URI keystone(String path) {
        return ServiceUrl.below(authUrl, "v3", path);
    }

    /** The same cloud, of whose services none may be spoken to in clear if the login was not. */
    public CloudEndpoint onlyEncrypted() {
        return new CloudEndpoint(name, authUrl, region, endpointInterface, overrides, true);
    }

    /**
     * The endpoint of a service in the catalog, unless another address is given for it.
     *
     * @throws OpenStackException if there is none, or if a token for it would travel in clear and must not
     */
    URI service(ServiceType type, Catalog catalog) throws OpenStackException {
        URI address = address(type, catalog);
        if (unencrypted(address)) {
            requireConsent(type.names().get(0), address);
        }
        return address;
    }

    private URI address(ServiceType type, Catalog catalog) throws OpenStackException {
        for (String name : type.names()) {
            if (overrides.containsKey(name)) {
                return overrides.get(name);
            }
        }
        return catalog.endpoint(type, region, endpointInterface);
    }

    /** Whether a login that was encrypted would give its token away there. */
    boolean unencrypted(URI address) {
        return "https".equalsIgnoreCase(authUrl.getScheme()) && !"https".equalsIgnoreCase(address.getScheme());
    }

    /** The services to which clients would speak in clear after an encrypted login, by type. */
    Map<String, URI> unencrypted(Catalog catalog) {
        Map<String, URI> addresses = catalog.endpoints(region, endpointInterface);
        addresses.putAll(overrides);
        addresses.values().removeIf(address -> !unencrypted(address));
        return addresses;
    }

    /** @throws OpenStackException unless clients may speak in clear to the services of this cloud */
    void requireConsent(String service, URI address) throws OpenStackException {
        if (encryptedOnly) {
            throw new OpenStackException("cloud '" + name + "' logs in over https, but its service " + service
                    + " is at " + address + ", where anybody on the way could read the token: have the cloud offer"
                    + " https, or tick 'Allow unencrypted endpoints' in the cloud's configuration");
        }
    }
}
