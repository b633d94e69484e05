package io.jenkins.plugins.imagefactory.openstack.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import java.util.List;
import java.util.Map;

/**
 * An image to create. It is made in two steps: without data it is private, can be deleted, and has a temporary name; what
 * makes others find it, and keeps it from being deleted, comes when it is whole.
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

    /**
     * The image without data.
     *
     * @param id a UUID of the creator's choice, by which it finds the image even if the answer is lost
     * @param more properties that it has until it is whole
     */
    ObjectNode draft(String id, String temporaryName, Map<String, String> more) {
        ObjectNode json = HttpTransport.JSON.createObjectNode();
        properties.forEach(json::put);
        more.forEach(json::put);
        json.put("id", id)
                .put("name", temporaryName)
                .put("disk_format", diskFormat.glanceName())
                .put("container_format", containerFormat)
                .put("visibility", "private")
                .put("min_disk", minDisk)
                .put("min_ram", minRam)
                .put("protected", false)
                .put("os_hidden", false);
        tags.forEach(json.putArray("tags")::add);
        return json;
    }

    /** What turns the whole image into the one that was asked for. */
    ImageChanges finish() {
        return new ImageChanges()
                .attribute("name", name)
                .attribute("visibility", visibility)
                .attribute("protected", isProtected)
                .attribute("os_hidden", hidden);
    }
}
