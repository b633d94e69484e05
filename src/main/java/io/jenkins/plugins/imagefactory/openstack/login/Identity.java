package io.jenkins.plugins.imagefactory.openstack.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;

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

    /** Why Keystone may have refused it. */
    String doubts();

    /** Whether it can log in to any project where it has a role, or is good for one project only. */
    boolean choosesProject();

    /**
     * A user and the password.
     *
     * @param user name, or id if there is no domain
     * @param userDomain the domain the user lives in by name or id; null for a user given by id
     */
    record Password(String user, @CheckForNull String userDomain, String password) implements Identity {
        @Override
        public ObjectNode toJson() {
            ObjectNode identity = method("password");
            ObjectNode userNode = identity.putObject("password").putObject("user");
            putUser(userNode, user, userDomain);
            userNode.put("password", password);
            return identity;
        }

        @Override
        public String label() {
            return userLabel(user, userDomain);
        }

        @Override
        public String doubts() {
            return "wrong user, domain or password, or the user is disabled";
        }

        @Override
        public boolean choosesProject() {
            return true;
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /**
     * An application credential, which belongs to one user and one project.
     *
     * @param credential its id, or its name if there is a user
     * @param user null if the credential is given by id
     * @param userDomain by name or id; null if the user is given by id, or not at all
     * @see <a href="https://docs.openstack.org/keystone/latest/user/application_credentials.html">Application credentials</a>
     */
    record ApplicationCredential(
            String credential,
            @CheckForNull String user,
            @CheckForNull String userDomain,
            String secret) implements Identity {
        @Override
        public ObjectNode toJson() {
            ObjectNode identity = method("application_credential");
            ObjectNode node = identity.putObject("application_credential");
            node.put(user == null ? "id" : "name", credential).put("secret", secret);
            if (user != null) {
                putUser(node.putObject("user"), user, userDomain);
            }
            return identity;
        }

        @Override
        public String label() {
            return "application credential '" + credential + "'"
                    + (user == null ? "" : " of " + userLabel(user, userDomain));
        }

        @Override
        public String doubts() {
            return "wrong id, name or secret, or it is expired or deleted, or its user is disabled";
        }

        @Override
        public boolean choosesProject() {
            return false;
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /** A token that somebody else got. */
    record ExistingToken(String token) implements Identity {
        @Override
        public ObjectNode toJson() {
            ObjectNode identity = method("token");
            identity.putObject("token").put("id", token);
            return identity;
        }

        @Override
        public String label() {
            return "the owner of the token";
        }

        @Override
        public String doubts() {
            return "it is expired or revoked";
        }

        @Override
        public boolean choosesProject() {
            return true;
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

    private static void putUser(ObjectNode node, String user, String domain) {
        node.put(domain == null ? "id" : "name", user);
        if (domain != null) {
            node.set("domain", Domain.reference(domain));
        }
    }

    private static String userLabel(String user, String domain) {
        return "user '" + user + "'" + (domain == null ? "" : " of domain '" + domain + "'");
    }
}
