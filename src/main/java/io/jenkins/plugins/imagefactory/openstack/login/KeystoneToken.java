package io.jenkins.plugins.imagefactory.openstack.login;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * A Keystone token and what came with it.
 *
 * @param id the secret itself, good until {@code expiresAt} and for {@code project} only
 * @param user name of its owner
 * @param project null if the token is not scoped to one
 */
record KeystoneToken(
        String id,
        Instant expiresAt,
        String user,
        @CheckForNull Project project,
        Catalog catalog) {

    static KeystoneToken of(String id, JsonNode token) {
        return new KeystoneToken(
                id,
                Instant.parse(token.path("expires_at").asText()),
                token.at("/user/name").asText(),
                token.has("project") ? Project.of(token.path("project")) : null,
                new Catalog(token.path("catalog")));
    }

    @Override
    public String toString() {
        return "token until " + expiresAt;
    }
}
