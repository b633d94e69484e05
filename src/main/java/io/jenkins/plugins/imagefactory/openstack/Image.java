package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

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
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#show-image">Image API v2: show image</a>
 */
public record Image(
        String id,
        String name,
        String status,
        Long size,
        Long virtualSize,
        String checksum,
        String hashAlgorithm,
        String hash,
        String visibility,
        String diskFormat,
        long minDisk,
        long minRam,
        String owner)
        implements Serializable {

    static Image of(JsonNode json) {
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
                json.path("min_disk").asLong(),
                json.path("min_ram").asLong(),
                text(json, "owner"));
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isTextual() ? json.path(field).asText() : null;
    }

    private static Long number(JsonNode json, String field) {
        return json.path(field).isNumber() ? json.path(field).asLong() : null;
    }
}
