package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** References to Keystone domains, which people give by name or, as every cloud has it, by the id {@code default}. */
final class Domain {
    static final String DEFAULT = "default";

    private Domain() {}

    /** The object by which Keystone finds the domain. */
    static ObjectNode reference(String nameOrId) {
        ObjectNode domain = HttpTransport.JSON.createObjectNode();
        return domain.put(ResourceId.isId(nameOrId) || DEFAULT.equals(nameOrId) ? "id" : "name", nameOrId);
    }
}
