package io.jenkins.plugins.imagefactory.openstack.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imagefactory.fixture.BlockStorage;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What openstack4j says to the real Cinder, and reads of it. */
@ExtendWith(OpenStackExtension.class)
class VolumesIT {
    private final OpenStack cloud;
    private final BlockStorage storage;
    private final Volumes volumes;

    VolumesIT(OpenStack cloud) {
        this.cloud = cloud;
        storage = cloud.blockStorage(User.BUILDER, Project.FACTORY);
        volumes = Volumes.of(TestSessions.of(cloud, User.BUILDER, Project.FACTORY));
    }

    @AfterEach
    void deleteAll() {
        cloud.deleteAllImages();
        cloud.deleteAllVolumes();
    }

    @Test
    void aVolumeIsFoundByItsIdAndByAnyNameThatPeopleGive() throws Exception {
        for (String name : new String[] {"a, b & c=d", "100% + é #1", "1f62c4a4-3b0a-4a64-9d6f-6a1c9d7f0c11"}) {
            String id = storage.add(name, 3);

            assertThat(volumes.find(id)).isEqualTo(new Volume(id, name, false, 3));
            assertThat(volumes.find(name).id()).isEqualTo(id);
        }
    }

    @Test
    void aVolumeThatAServerHasIsInUse() throws Exception {
        String id = storage.add("busy", 1);
        storage.attach(id);

        assertThat(volumes.find(id).isInUse()).isTrue();
        assertThat(volumes.find("busy").isInUse()).isTrue();
    }

    @Test
    void volumesOfOtherProjectsAreNotSeen() {
        String id = cloud.blockStorage(User.BUILDER, Project.DEV).add("elsewhere", 1);

        for (String idOrName : new String[] {id, "elsewhere"}) {
            assertThatThrownBy(() -> volumes.find(idOrName))
                    .isInstanceOf(OpenStackException.class)
                    .hasMessage("there is no volume '" + idOrName + "' in project 'factory' of cloud 'testcloud'");
        }
    }

    /** Into vhd Cinder 21.3.1 cannot convert: it calls the format so to qemu-img, too, which knows it as vpc. */
    @ParameterizedTest
    @EnumSource(
            value = DiskFormat.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ISO", "VHD"})
    void theImageHasTheFormatAndTheVisibilityThatWereAskedFor(DiskFormat format) throws Exception {
        Volume volume = volumes.find(storage.add("v", 1));

        String id = volumes.uploadToImage(volume, "of v", format, "community", false);

        JsonNode image = cloud.image(id);
        while (List.of("queued", "saving").contains(image.path("status").asText())) {
            Thread.sleep(50);
            image = cloud.image(id);
        }
        assertThat(image.path("status").asText()).isEqualTo("active");
        assertThat(image.path("name").asText()).isEqualTo("of v");
        assertThat(image.path("disk_format").asText()).isEqualTo(format.glanceName());
        assertThat(image.path("container_format").asText()).isEqualTo("bare");
        assertThat(image.path("visibility").asText()).isEqualTo("community");
        assertThat(image.path("owner").asText()).isEqualTo(cloud.id(Project.FACTORY));
    }

    @Test
    void aVolumeThatIsUploadedAlreadyIsRefusedWithCindersReason() throws Exception {
        Volume volume = volumes.find(storage.add("v", 1));
        storage.hold(volume.id());
        volumes.uploadToImage(volume, "the first", DiskFormat.RAW, "private", false);
        assertThat(storage.status(volume.id())).isEqualTo("uploading");

        assertThatThrownBy(() -> volumes.uploadToImage(volume, "the second", DiskFormat.RAW, "private", false))
                .isInstanceOf(OpenStackException.class)
                .hasMessageStartingWith("Cinder at " + cloud.cinder() + "/v3/")
                .hasMessageContaining(" answered 400 Bad Request to POST: Invalid volume: Volume " + volume.id()
                        + " status must be ");
    }
}
