package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Who logs in to Keystone, and with what. Holds secrets: never leaves the controller, never prints itself.
 *
 * @see <a href="https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management">Identity API v3</a>
 */
public sealed interface Identity {

    /** The {@code identity} object of {@code POST /v3/auth/tokens}. */
    ObjectNode toJson();

    /** How error messages call this identity. */
    String label();

    /** A user by name, the domain the user lives in by name or id, and the password. */
    record Password(String user, String userDomain, String password) implements Identity {
        @Override
        public ObjectNode toJson() {
            ObjectNode identity = method("password");
            ObjectNode userNode = identity.putObject("password").putObject("user");
            userNode.put("name", user).put("password", password);
            userNode.set("domain", Domain.reference(userDomain));
            return identity;
        }

        @Override
        public String label() {
            return "user '" + user + "' of domain '" + userDomain + "'";
        }

        @Override
        public String toString() {
            return label();
        }
    }

    private static ObjectNode method(String name) {
        ObjectNode identity = HttpTransport.JSON.createObjectNode();
        identity.putArray("methods").add(name);
        return identity;
    }
}
