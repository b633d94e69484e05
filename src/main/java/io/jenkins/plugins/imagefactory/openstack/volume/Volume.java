package io.jenkins.plugins.imagefactory.openstack.volume;

import java.util.Objects;
import org.openstack4j.model.storage.block.Volume.Status;

/**
 * A volume as Cinder shows it.
 *
 * @param name an empty text if it has none
 * @param isInUse whether a server has it
 * @param size GiB
 * @see <a href="https://docs.openstack.org/api-ref/block-storage/v3/#show-a-volume-s-details">Block Storage API v3: show
 *     a volume's details</a>
 */
public record Volume(String id, String name, boolean isInUse, long size) {
    static Volume of(org.openstack4j.model.storage.block.Volume volume) {
        return new Volume(
                volume.getId(),
                Objects.requireNonNullElse(volume.getName(), ""),
                volume.getStatus() == Status.IN_USE,
                volume.getSize());
    }
}
