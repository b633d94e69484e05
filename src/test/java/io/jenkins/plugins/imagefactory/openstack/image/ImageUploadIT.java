package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.ServerCertificate;
import io.jenkins.plugins.imagefactory.fixture.TlsFront;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.FileState;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.Trust;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OpenStackExtension.class)
class ImageUploadIT {
    private static final int SIZE = 3_000_000;

    @TempDir
    Path directory;

    private final List<String> digestedOnceMore = new ArrayList<>();
    private OpenStack cloud;
    private Path file;
    private Session session;

    @BeforeEach
    void makeAFile(OpenStack testCloud) throws Exception {
        cloud = testCloud;
        byte[] content = new byte[SIZE];
        new Random(4711).nextBytes(content);
        file = Files.write(directory.resolve("disk.raw"), content);
        session = TestSessions.of(cloud, User.BUILDER, Project.FACTORY);
    }

    @AfterEach
    void nothingIsLeftHalfUploaded() {
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void theImageIsActiveWithTheDigestsOfTheFile() throws Exception {
        ImageUpload.Uploaded uploaded = upload(ImageUploadIT::send);

        assertThat(uploaded.image().status()).isEqualTo("active");
        assertThat(uploaded.image().size()).isEqualTo(SIZE);
        assertThat(uploaded.digests())
                .isEqualTo(Digests.of(
                        file, EnumSet.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA256, DigestAlgorithm.SHA512)));
        assertThat(uploaded.image().hash()).isEqualTo(uploaded.digests().get(DigestAlgorithm.SHA512));
    }

    @Test
    void aSha256ThatIsKnownIsComputedAgainOnlyIfTheFileChanged() throws Exception {
        DigestedFile known = new DigestedFile(FileState.of(file), "known");

        assertThat(upload((upload, path) -> upload.send(path, known, sent -> {}))
                        .digests()
                        .sha256())
                .isEqualTo("known");

        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        assertThat(upload((upload, path) -> upload.send(path, known, sent -> {}))
                        .digests()
                        .sha256())
                .isEqualTo(Digests.sha256(file));
    }

    @Test
    void aDigestThatGlanceDoesNotKeepIsNoProof() throws Exception {
        ImageUpload.Uploaded uploaded = upload(DigestAlgorithm.SHA384, ImageUploadIT::send);

        assertThat(digestedOnceMore).containsExactly("sha512 and not sha384");
        assertThat(uploaded.digests().get(DigestAlgorithm.SHA512))
                .isEqualTo(uploaded.image().hash());
    }

    @Test
    void aFileOfWhichGlanceKeepsAnotherDigestThanExpectedIsStillProved() {
        Path other = directory.resolve("other");

        assertThatThrownBy(() -> upload(DigestAlgorithm.SHA384, (upload, path) -> {
                    Files.write(other, new byte[SIZE]);
                    return send(upload, other);
                }))
                .hasMessageContaining("arrived damaged: its sha512 in Glance is");
    }

    @Test
    void whatGlanceKeepsIsLookedUpAtItsNewestImageUnlessItIsKnown() throws Exception {
        upload(ImageUploadIT::send);
        assertThat(digestedOnceMore).isEmpty();
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            session = TestSessions.through(proxy, cloud, User.BUILDER, Project.FACTORY);
            String image = "/v2/images/[0-9a-f-]{36}";

            upload(DigestAlgorithm.SHA512, ImageUploadIT::send);
            assertThat(String.join("\n", proxy.requests()))
                    .matches("POST /v2/images\nPUT " + image + "/file\nGET " + image + "\nPATCH " + image);

            upload(ImageUploadIT::send);
            assertThat(proxy.requests())
                    .filteredOn(request -> request.contains("limit=1"))
                    .hasSize(1);
        }
    }

    @Test
    void withoutTlsTheKernelSendsTheFileInLargePieces() throws Exception {
        List<Long> sent = new ArrayList<>();

        upload((upload, path) -> upload.send(path, null, sent::add));

        assertThat(sent).containsExactly(1L << 20, 2L << 20, (long) SIZE);
    }

    @Test
    void overTlsTheSameBytesArrive() throws Exception {
        ServerCertificate certificate = ServerCertificate.of(directory.resolve("keys.p12"));
        try (TlsFront glance = TlsFront.before(cloud.glanceUrl(), certificate)) {
            ImageUpload.Uploaded uploaded = upload((upload, path) -> new ImageDataUpload(
                            URI.create("https://127.0.0.1:" + glance.url().getPort()
                                    + upload.address().getPath()),
                            upload.token(),
                            upload.http().withTrust(new Trust(certificate.pem(), true)),
                            upload.limit(),
                            upload.proof())
                    .send(path, null, sent -> {}));

            assertThat(uploaded.digests().sha256()).isEqualTo(Digests.sha256(file));
        }
    }

    @Test
    void aFileThatChangesUnderItsUploadIsNoImage() throws Exception {
        int before = cloud.images().size();

        assertThatThrownBy(() -> upload((upload, path) -> upload.send(path, null, sent -> overwrite(path))))
                .hasMessage(file + " could not be read: it changed while it was uploaded");

        assertThat(cloud.images()).hasSize(before);
    }

    private static void overwrite(Path path) {
        try {
            Thread.sleep(20);
            Files.write(path, new byte[1], StandardOpenOption.WRITE);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTokenThatGlanceRejectsIsReplacedBeforeAnyByteIsSent() throws Exception {
        Glance.of(session);
        cloud.revoke(session.token());

        assertThat(upload(ImageUploadIT::send).image().status()).isEqualTo("active");
    }

    @Test
    void aConnectionThatIsCutEndsInOneSentence() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.CutAfter(SIZE / 2));

            assertThatThrownBy(() -> upload((upload, path) -> send(through(proxy, upload), path)))
                    .isInstanceOf(OpenStackException.class)
                    .hasMessageMatching(
                            "Glance at http://127.0.0.1:\\d+/v2/images/[0-9a-f-]+/file broke the connection off: .+");
        }
    }

    @Test
    void aProxysErrorPageEndsInOneSentence() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.Status(413));

            assertThatThrownBy(() -> upload((upload, path) -> send(through(proxy, upload), path)))
                    .isInstanceOf(OpenStackException.class)
                    .hasMessageContaining("answered 413 Fault to PUT");
        }
    }

    @Test
    void aFileThatTheNodeCannotReadIsNoFaultOfGlance() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            assertThatThrownBy(() -> upload((upload, path) -> send(through(proxy, upload), directory)))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessage(directory + " could not be read: Is a directory");
        }
    }

    @Test
    void aFileThatBecomesShorterOrIsGoneIsNoFaultOfGlance() throws Exception {
        assertThatThrownBy(() -> upload((upload, path) -> upload.send(path, null, sent -> truncate(path))))
                .hasMessage(file + " could not be read: it became shorter while it was uploaded");

        Files.delete(file);

        assertThatThrownBy(() -> upload(ImageUploadIT::send)).hasMessage(file + " could not be read: it is gone");
    }

    private static void truncate(Path path) {
        try {
            Files.write(path, new byte[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatArrivesDamagedIsDeletedAgain() throws Exception {
        Path other = Files.write(directory.resolve("other"), new byte[SIZE]);
        int before = cloud.images().size();

        assertThatThrownBy(() -> upload((upload, path) -> {
                    send(upload, other);
                    return Digests.of(path, EnumSet.of(DigestAlgorithm.SHA512, DigestAlgorithm.SHA256));
                }))
                .hasMessageContaining("arrived damaged: its sha512 in Glance is");

        assertThat(cloud.images()).hasSize(before);
    }

    @Test
    void anInterruptStopsAnUploadThatHangs() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.StallAfter(1_000_000));
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread uploader = new Thread(() -> {
                try {
                    upload((upload, path) -> send(through(proxy, upload), path));
                    end.complete(null);
                } catch (Throwable e) {
                    end.complete(e);
                }
            });
            uploader.start();
            while (cloud.unfinishedImages().isEmpty()) {
                Thread.sleep(20);
            }
            uploader.interrupt();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        }
    }

    private final class Observing extends SilentObserver {
        @Override
        public void digesting(DigestAlgorithm kept, DigestAlgorithm expected) {
            digestedOnceMore.add(kept.glanceName() + " and not " + expected.glanceName());
        }
    }

    @FunctionalInterface
    private interface Sending {
        Digests send(ImageDataUpload upload, Path file) throws Exception;
    }

    private static Digests send(ImageDataUpload upload, Path file) throws Exception {
        return upload.send(file, null, sent -> {});
    }

    private static ImageDataUpload through(FaultyProxy proxy, ImageDataUpload upload) {
        return new ImageDataUpload(
                URI.create(proxy.url() + upload.address().getPath()),
                upload.token(),
                upload.http(),
                upload.limit(),
                upload.proof());
    }

    private ImageUpload.Uploaded upload(Sending sending) throws Exception {
        return upload(null, sending);
    }

    private ImageUpload.Uploaded upload(DigestAlgorithm proof, Sending sending) throws Exception {
        return new ImageUpload(Glance.of(session), Patience.of(0, null), new Observing(), proof)
                .upload(TestSessions.rawImage("upload-test"), IfExists.KEEP, SIZE, new SentFile(file) {
                    @Override
                    public Digests send(ImageDataUpload upload) throws IOException, InterruptedException {
                        try {
                            return sending.send(upload, file);
                        } catch (IOException | InterruptedException e) {
                            throw e;
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                });
    }
}
