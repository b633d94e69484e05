package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.SmallDisk;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.FileState;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ExtendWith(OpenStackExtension.class)
class ImageDownloadIT {
    private static final int SIZE = 3_000_000;

    @TempDir
    private Path directory;

    private final List<String> retries = new ArrayList<>();
    private byte[] content;
    private FaultyProxy proxy;
    private Session session;
    private Image image;
    private Path target;

    @BeforeEach
    void uploadAnImage(OpenStack cloud) throws Exception {
        content = new byte[SIZE];
        new Random(4711).nextBytes(content);
        Path file = Files.write(directory.resolve("source"), content);
        proxy = FaultyProxy.before(cloud.glanceUrl());
        session = TestSessions.through(proxy, cloud, User.BUILDER, Project.FACTORY);
        image = new ImageUpload(Glance.of(session), Patience.of(0, null), TestSessions.OBSERVER, null)
                .upload(TestSessions.rawImage("download"), IfExists.KEEP, SIZE, new SentFile(file))
                .image();
        target = directory.resolve("below/disk.raw");
    }

    @AfterEach
    void deleteIt() throws Exception {
        Glance.of(session).delete(image.id());
        proxy.close();
    }

    private DigestedFile download() throws IOException, InterruptedException {
        Patience patience = new Patience(3, Deadline.never(), Duration.ofMillis(10));
        return new ImageDownload(Glance.of(session), patience, (why, pause) -> retries.add(why))
                .download(image, new ImageDownload.DataPath() {
                    @Override
                    public DigestedFile receive(ImageDataDownload download) throws IOException, InterruptedException {
                        return download.receive(target, received -> {});
                    }

                    @Override
                    public void discard(ImageDataDownload download) throws IOException {
                        download.discard(target);
                    }
                });
    }

    @Test
    void theFileIsTheImageAndNothingElseIsLeft() throws Exception {
        DigestedFile file = download();

        assertThat(target).hasBinaryContent(content);
        assertThat(file.sha256()).isEqualTo(Digests.sha256(target));
        assertThat(file.is(FileState.of(target))).isTrue();
        assertThat(target.getParent()).isDirectoryContaining(target::equals);
        assertThat(Files.list(target.getParent())).hasSize(1);
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItWas() throws Exception {
        proxy.on(1, "GET", ".*/file", new Fault.CutAfter(SIZE / 2))
                .on(1, "GET", ".*/file", new Fault.ResetAfter(SIZE / 4));

        download();

        assertThat(target).hasBinaryContent(content);
        assertThat(retries).hasSize(2).allSatisfy(why -> assertThat(why).contains("broke the"));
    }

    @Test
    void aTokenThatGlanceRejectsIsReplaced() throws Exception {
        proxy.on(1, "GET", ".*/file", new Fault.Status(401));

        download();
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aHalfFileIsRemovedWhenItIsGivenUp() {
        for (int attempt = 1; attempt <= 10; attempt++) {
            proxy.on(1, "GET", ".*/file", new Fault.CutAfter(1000));
        }

        assertThatThrownBy(this::download).hasMessageContaining("broke the");
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void aHalfFileWithOtherBytesIsNoticed() throws Exception {
        Files.createDirectories(target.getParent());
        Files.write(target.resolveSibling(".disk.raw." + image.id() + ".part"), new byte[1000]);

        assertThatThrownBy(this::download).hasMessageStartingWith("the file arrived damaged");
        assertThat(target).doesNotExist();
    }

    @Test
    @ResourceLock(DiskImageBuilder.MOUNTS)
    void aFullDiskIsNotGlancesFault() throws Exception {
        try (SmallDisk disk = SmallDisk.at(directory.resolve("small"))) {
            target = disk.directory().resolve("disk.raw");

            assertThatThrownBy(this::download)
                    .isNotInstanceOf(OpenStackException.class)
                    .hasMessageContainingAll("disk.raw", "could not be written: its disk is full");
            assertThat(retries).isEmpty();
            assertThat(target.getParent()).isEmptyDirectory();
        }
    }

    @Test
    void anImageWithoutDataIsNamed() throws Exception {
        Image queued = TestImages.create(Glance.of(session), "queued");
        try {
            assertThatThrownBy(() -> new ImageDownload(Glance.of(session), Patience.of(0, null), (why, pause) -> {})
                            .download(queued, null))
                    .hasMessage("image 'queued' (" + queued.id() + ") is queued, so it has no data to download");
        } finally {
            Glance.of(session).delete(queued.id());
        }
    }
}
