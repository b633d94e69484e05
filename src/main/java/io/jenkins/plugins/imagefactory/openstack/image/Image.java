package io.jenkins.plugins.imagefactory.openstack.image;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.Quoted;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An image as Glance shows it.
 *
 * @param status queued, saving, uploading, importing, active, deactivated, killed, deleted or pending_delete
 * @param size bytes of the image file; null until it is uploaded
 * @param virtualSize bytes of the disk; null if Glance could not tell
 * @param checksum MD5 of the image file, hexadecimal; null until it is uploaded
 * @param hashAlgorithm of {@code hash}, usually sha512
 * @param visibility private, shared, community or public
 * @param minDisk GiB
 * @param minRam MiB
 * @param owner id of the project that owns it
 * @param createdAt when the record was made
 * @param properties everything else that Glance tells: strings, and whatever newer releases add
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#show-image">Image API v2: show image</a>
 */
public record Image(
        String id,
        String name,
        String status,
        @CheckForNull Long size,
        @CheckForNull Long virtualSize,
        @CheckForNull String checksum,
        String hashAlgorithm,
        String hash,
        String visibility,
        String diskFormat,
        String containerFormat,
        long minDisk,
        long minRam,
        String owner,
        boolean isProtected,
        boolean hidden,
        List<String> tags,
        Instant createdAt,
        Map<String, Object> properties) {

    private static final TypeReference<TreeMap<String, Object>> MAP = new TypeReference<>() {};
    private static final String UNREADABLE = "Glance answered with an image that cannot be read: ";
    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "name",
            "status",
            "size",
            "virtual_size",
            "checksum",
            "os_hash_algo",
            "os_hash_value",
            "visibility",
            "disk_format",
            "container_format",
            "min_disk",
            "min_ram",
            "owner",
            "protected",
            "os_hidden",
            "tags",
            "created_at",
            "updated_at",
            "self",
            "file",
            "schema",
            "locations",
            "direct_url",
            "stores");

    /** @throws OpenStackException if it is none */
    static Image of(JsonNode json) throws OpenStackException {
        if (!json.isObject()) {
            throw new OpenStackException(UNREADABLE + "it is no object");
        }
        Map<String, Object> properties = HttpTransport.JSON.convertValue(json, MAP);
        properties.keySet().removeAll(ATTRIBUTES);
        return new Image(
                json.path("id").asText(),
                text(json, "name"),
                json.path("status").asText(),
                number(json, "size"),
                number(json, "virtual_size"),
                text(json, "checksum"),
                text(json, "os_hash_algo"),
                text(json, "os_hash_value"),
                text(json, "visibility"),
                text(json, "disk_format"),
                text(json, "container_format"),
                json.path("min_disk").asLong(),
                json.path("min_ram").asLong(),
                text(json, "owner"),
                json.path("protected").asBoolean(),
                json.path("os_hidden").asBoolean(),
                tags(json.path("tags")),
                createdAt(json.path("created_at")),
                properties);
    }

    private static List<String> tags(JsonNode json) {
        List<String> tags = new ArrayList<>();
        json.forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    private static Instant createdAt(JsonNode json) throws OpenStackException {
        try {
            return json.isTextual() ? Instant.parse(json.asText()) : Instant.EPOCH;
        } catch (DateTimeParseException e) {
            throw new OpenStackException(UNREADABLE + "it was created at " + Quoted.text(json.asText()));
        }
    }

    /** Whether its data is there, to be downloaded and booted. */
    public boolean isActive() {
        return "active".equals(status);
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isTextual() ? json.path(field).asText() : null;
    }

    private static Long number(JsonNode json, String field) {
        return json.path(field).isNumber() ? json.path(field).asLong() : null;
    }
}
