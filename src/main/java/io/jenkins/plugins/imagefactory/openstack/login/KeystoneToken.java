package io.jenkins.plugins.imagefactory.openstack.login;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.Quoted;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A Keystone token and what came with it.
 *
 * @param id the secret itself, good until {@code expiresAt} and for {@code project} only
 * @param lifetime how long it was good for when it was made
 * @param user name of its owner
 * @param project null if the token is not scoped to one
 */
record KeystoneToken(
        String id,
        Instant expiresAt,
        Duration lifetime,
        String user,
        @CheckForNull Project project,
        Catalog catalog) {

    /** @throws OpenStackException if it does not tell how long it is good for */
    static KeystoneToken of(String id, JsonNode token) throws OpenStackException {
        Instant expiresAt = time(token.path("expires_at"));
        Instant issuedAt = token.has("issued_at") ? time(token.path("issued_at")) : Instant.now();
        return new KeystoneToken(
                id,
                expiresAt,
                Duration.between(issuedAt, expiresAt),
                token.at("/user/name").asText(),
                token.has("project") ? Project.of(token.path("project")) : null,
                new Catalog(token.path("catalog")));
    }

    private static Instant time(JsonNode time) throws OpenStackException {
        try {
            return Instant.parse(time.asText());
        } catch (DateTimeParseException e) {
            throw new OpenStackException("Keystone answered a login with a token that is good until "
                    + Quoted.text(time.asText()) + ", which is no time: is this the address of Keystone?");
        }
    }

    @Override
    public String toString() {
        return "token until " + expiresAt;
    }
}
