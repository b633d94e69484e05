package io.jenkins.plugins.imagefactory.openstack.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.BlockStorage;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.Scope;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With the real Keystone, Glance and Cinder. */
@ExtendWith(OpenStackExtension.class)
class VolumeUploadIT {
    private static final VolumeUpload.Request REQUEST =
            new VolumeUpload.Request("x".repeat(255), DiskFormat.RAW, "private", false);

    private final OpenStack cloud;
    private final BlockStorage storage;
    private final List<VolumeUpload.Begun> begun = new CopyOnWriteArrayList<>();
    private final List<String> statuses = new CopyOnWriteArrayList<>();

    VolumeUploadIT(OpenStack cloud) {
        this.cloud = cloud;
        storage = cloud.blockStorage(User.BUILDER, Project.FACTORY);
    }

    @AfterEach
    void deleteAll() {
        cloud.deleteAllImages();
        cloud.deleteAllVolumes();
    }

    @Test
    void whoTakesOverAfterARestartGoesOnWithTheUploadThatWasBegun() throws Exception {
        Session session = session(TestSessions.HTTP);
        Volume volume = Volumes.of(session).find(storage.add("v", 2));
        storage.hold(volume.id());
        String before = "begun before (uploading)";
        String id = Volumes.of(session).uploadToImage(volume, before, DiskFormat.RAW, "private", false);
        storage.release(volume.id());

        Image image = upload(session).goOn(new VolumeUpload.Begun(before, null), volume, REQUEST);

        assertThat(image.id()).isEqualTo(id);
        assertThat(image.name()).isEqualTo(REQUEST.name());
        assertThat(image.isActive()).isTrue();
        assertThat(image.minDisk()).isEqualTo(2);
        assertThat(cloud.images()).hasSize(1);
        assertThat(begun).isEmpty();
    }

    @Test
    void whoTakesOverBeforeAnythingWasBegunBegins() throws Exception {
        Session session = session(TestSessions.HTTP);
        Volume volume = Volumes.of(session).find(storage.add("v", 2));

        Image image = upload(session).goOn(new VolumeUpload.Begun("never begun", null), volume, REQUEST);

        assertThat(image.name()).isEqualTo(REQUEST.name());
        assertThat(begun.get(0).temporaryName()).hasSizeLessThanOrEqualTo(255).contains(" (uploading ");
        assertThat(begun).last().extracting(VolumeUpload.Begun::imageId).isEqualTo(image.id());
        assertThat(statuses).last().isEqualTo("active");
    }

    @Test
    void whoIsStoppedDoesNothingMoreToTheCloudAndWhoTakesOverGoesOn() throws Exception {
        Session stopped = session(TestSessions.HTTP.asking(this::failOnceTheImageIsQueued));
        Volume volume = Volumes.of(stopped).find(storage.add("v", 2));
        storage.hold(volume.id());

        assertThatThrownBy(() -> upload(stopped).upload(volume, REQUEST)).isInstanceOf(CancellationException.class);
        storage.release(volume.id());

        VolumeUpload.Begun before = begun.get(begun.size() - 1);
        Session session = session(TestSessions.HTTP);
        assertThat(Glance.of(session).get(before.imageId()).name()).isEqualTo(before.temporaryName());
        Image image = upload(session).goOn(before, volume, REQUEST);
        assertThat(image.name()).isEqualTo(REQUEST.name());
        assertThat(cloud.images()).hasSize(1);
    }

    private void failOnceTheImageIsQueued() {
        if (statuses.contains("queued")) {
            throw new CancellationException();
        }
    }

    @Test
    void whoTakesOverFindsAnImageThatHasItsNameAlready() throws Exception {
        Session session = session(TestSessions.HTTP);
        Volume volume = Volumes.of(session).find(storage.add("v", 2));
        Image finished = upload(session).upload(volume, REQUEST);

        Image image = upload(session).goOn(begun.get(begun.size() - 1), volume, REQUEST);

        assertThat(image).isEqualTo(finished);
        assertThat(cloud.images()).hasSize(1);
    }

    private VolumeUpload upload(Session session) throws OpenStackException {
        return new VolumeUpload(
                Volumes.of(session),
                Glance.of(session),
                Patience.of(0, Duration.ofMinutes(5)),
                Duration.ofMillis(50),
                new VolumeUpload.Observer() {
                    @Override
                    public void begun(VolumeUpload.Begun image) {
                        begun.add(image);
                    }

                    @Override
                    public void ended(String temporaryName) {}

                    @Override
                    public void changed(String id, String status) {
                        statuses.add(status);
                    }
                });
    }

    private Session session(HttpTransport http) {
        return new Session(
                http,
                new CloudLogin(
                        TestSessions.endpoint(cloud.authUrl()),
                        TestSessions.password(User.BUILDER),
                        new Scope.OfProject(Project.FACTORY.name(), Project.FACTORY.domain())));
    }
}
