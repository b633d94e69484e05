package io.jenkins.plugins.imagefactory.openstack.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.CinderContract;
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
import io.jenkins.plugins.imagefactory.openstack.login.CloudEndpoint;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.Scope;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With the real Keystone and Glance; Cinder's contract stands for Cinder. */
@ExtendWith(OpenStackExtension.class)
class VolumeUploadIT {
    private static final VolumeUpload.Request REQUEST =
            new VolumeUpload.Request("x".repeat(255), DiskFormat.RAW, "private", false);

    private final List<VolumeUpload.Begun> begun = new CopyOnWriteArrayList<>();
    private final List<String> statuses = new CopyOnWriteArrayList<>();

    @Test
    void whoTakesOverAfterARestartGoesOnWithTheUploadThatWasBegun(OpenStack cloud) throws Exception {
        try (CinderContract cinder = CinderContract.start(cloud)) {
            Session session = session(cloud, cinder);
            Volume volume = Cinder.of(session).find(cinder.holdingUploads().addVolume("v", "available", 2));
            String before = "begun before (uploading)";
            String id = Cinder.of(session).uploadToImage(volume, before, DiskFormat.RAW, "private", false);
            cinder.release();

            Image image = upload(session).goOn(new VolumeUpload.Begun(before, null), volume, REQUEST);

            assertThat(image.id()).isEqualTo(id);
            assertThat(image.name()).isEqualTo(REQUEST.name());
            assertThat(image.isActive()).isTrue();
            assertThat(image.minDisk()).isEqualTo(2);
            assertThat(cinder.uploads()).hasSize(1);
            assertThat(begun).isEmpty();
        }
    }

    @Test
    void whoTakesOverBeforeAnythingWasBegunBegins(OpenStack cloud) throws Exception {
        try (CinderContract cinder = CinderContract.start(cloud)) {
            Session session = session(cloud, cinder);
            Volume volume = Cinder.of(session).find(cinder.addVolume("v", "available", 2));

            Image image = upload(session).goOn(new VolumeUpload.Begun("never begun", null), volume, REQUEST);

            assertThat(image.name()).isEqualTo(REQUEST.name());
            assertThat(begun.get(0).temporaryName())
                    .hasSizeLessThanOrEqualTo(255)
                    .contains(" (uploading ");
            assertThat(begun).last().extracting(VolumeUpload.Begun::imageId).isEqualTo(image.id());
            assertThat(statuses).last().isEqualTo("active");
        }
    }

    @Test
    void whoIsStoppedDoesNothingMoreToTheCloudAndWhoTakesOverGoesOn(OpenStack cloud) throws Exception {
        try (CinderContract cinder = CinderContract.start(cloud)) {
            Session stopped = session(cloud, cinder, TestSessions.HTTP.asking(this::failOnceTheImageIsQueued));
            Volume volume = Cinder.of(stopped).find(cinder.holdingUploads().addVolume("v", "available", 2));

            assertThatThrownBy(() -> upload(stopped).upload(volume, REQUEST)).isInstanceOf(CancellationException.class);
            cinder.release();

            VolumeUpload.Begun before = begun.get(begun.size() - 1);
            Session session = session(cloud, cinder);
            assertThat(Glance.of(session).get(before.imageId()).name()).isEqualTo(before.temporaryName());
            Image image = upload(session).goOn(before, volume, REQUEST);
            assertThat(image.name()).isEqualTo(REQUEST.name());
            assertThat(cinder.uploads()).hasSize(1);
        }
    }

    private void failOnceTheImageIsQueued() {
        if (statuses.contains("queued")) {
            throw new CancellationException();
        }
    }

    @Test
    void whoTakesOverFindsAnImageThatHasItsNameAlready(OpenStack cloud) throws Exception {
        try (CinderContract cinder = CinderContract.start(cloud)) {
            Session session = session(cloud, cinder);
            Volume volume = Cinder.of(session).find(cinder.addVolume("v", "available", 2));
            Image finished = upload(session).upload(volume, REQUEST);

            Image image = upload(session).goOn(begun.get(begun.size() - 1), volume, REQUEST);

            assertThat(image).isEqualTo(finished);
            assertThat(cinder.uploads()).hasSize(1);
        }
    }

    private VolumeUpload upload(Session session) throws OpenStackException {
        return new VolumeUpload(
                Cinder.of(session),
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

    private static Session session(OpenStack cloud, CinderContract cinder) {
        return session(cloud, cinder, TestSessions.HTTP);
    }

    private static Session session(OpenStack cloud, CinderContract cinder, HttpTransport http) {
        return new Session(
                http,
                new CloudLogin(
                        new CloudEndpoint(
                                "testcloud",
                                cloud.authUrl(),
                                OpenStack.REGION,
                                "public",
                                Map.of("block-storage", cinder.url())),
                        TestSessions.password(User.BUILDER),
                        new Scope.OfProject(Project.FACTORY.name(), Project.FACTORY.domain())));
    }
}
