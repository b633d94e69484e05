package io.jenkins.plugins.imagefactory.openstack.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;

/** References to Keystone domains, which people give by name or, as every cloud has it, by the id {@code default}. */
final class Domain {
    static final String DEFAULT = "default";

    private Domain() {}

    /** The object by which Keystone finds the domain. */
    static ObjectNode reference(String nameOrId) {
        return HttpTransport.JSON.createObjectNode().put(isId(nameOrId) ? "id" : "name", nameOrId);
    }

    static boolean isId(String nameOrId) {
        return DEFAULT.equals(nameOrId) || ResourceId.isId(nameOrId);
    }
}
