package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import java.util.List;
import java.util.Map;

/**
 * An image to create.
 *
 * @param visibility private, shared, community or public
 * @param minDisk GiB
 * @param minRam MiB
 * @param properties additional properties; Glance takes strings only
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#create-image">Image API v2: create image</a>
 */
public record NewImage(
        String name,
        DiskFormat diskFormat,
        String containerFormat,
        String visibility,
        long minDisk,
        long minRam,
        boolean isProtected,
        boolean hidden,
        List<String> tags,
        Map<String, String> properties) {

    /** @param id a UUID of the creator's choice, by which it finds the image even if the answer is lost */
    ObjectNode toJson(String id) {
        ObjectNode json = HttpTransport.JSON.createObjectNode();
        properties.forEach(json::put);
        json.put("id", id)
                .put("name", name)
                .put("disk_format", diskFormat.glanceName())
                .put("container_format", containerFormat)
                .put("visibility", visibility)
                .put("min_disk", minDisk)
                .put("min_ram", minRam)
                .put("protected", isProtected)
                .put("os_hidden", hidden);
        tags.forEach(json.putArray("tags")::add);
        return json;
    }
}
