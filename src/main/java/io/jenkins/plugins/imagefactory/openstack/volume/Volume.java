package io.jenkins.plugins.imagefactory.openstack.volume;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A volume as Cinder shows it.
 *
 * @param name an empty text if it has none
 * @param status such as available, in-use or uploading
 * @param size GiB
 * @see <a href="https://docs.openstack.org/api-ref/block-storage/v3/#show-a-volume-s-details">Block Storage API v3: show
 *     a volume's details</a>
 */
public record Volume(String id, String name, String status, long size) {
    private static final String IN_USE = "in-use";

    static Volume of(JsonNode json) {
        return new Volume(
                json.path("id").asText(),
                json.path("name").asText(""),
                json.path("status").asText(),
                json.path("size").asLong());
    }

    /** Whether a server has it. */
    public boolean isInUse() {
        return IN_USE.equals(status);
    }
}
