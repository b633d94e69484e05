package io.jenkins.plugins.imagefactory.openstack.volume;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import org.openstack4j.model.ModelEntity;
import org.openstack4j.model.storage.block.VolumeUploadImage;
import org.openstack4j.openstack.storage.block.domain.CinderVolumeUploadImage;
import org.openstack4j.openstack.storage.block.internal.BaseBlockStorageServices;

/**
 * The upload of a volume to an image with what openstack4j's own leaves out: the visibility, the microversion that has it, and
 * the disk format vhdx.
 *
 * @see <a href="https://docs.openstack.org/api-ref/block-storage/v3/#upload-volume-to-image">Block Storage API v3: upload
 *     volume to image</a>
 */
final class ImageOfVolume extends BaseBlockStorageServices {
    private static final String MICROVERSION_HEADER = "OpenStack-API-Version";
    /** The first that knows an image's visibility. */
    private static final String MICROVERSION = "volume 3.1";

    @JsonRootName("os-volume_upload_image")
    private record Wanted(
            @JsonProperty("image_name") String imageName,
            @JsonProperty("force") boolean force,
            @JsonProperty("disk_format") String diskFormat,
            @JsonProperty("container_format") String containerFormat,
            @JsonProperty("visibility") String visibility)
            implements ModelEntity {}

    VolumeUploadImage upload(Volume volume, String imageName, DiskFormat format, String visibility, boolean force) {
        return post(CinderVolumeUploadImage.class, uri("/volumes/%s/action", volume.id()))
                .header(MICROVERSION_HEADER, MICROVERSION)
                .entity(new Wanted(imageName, force, format.glanceName(), "bare", visibility))
                .execute();
    }
}
