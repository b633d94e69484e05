package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Uploads that want the same name at the same time. */
@ExtendWith(OpenStackExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class SameNameUploadsIT {
    private static final int UPLOADS = 8;
    private static final int SIZE = 100_000;

    private final String name = "in: same, " + UUID.randomUUID();
    private final List<ImageUpload.Begun> begun = new CopyOnWriteArrayList<>();
    private final CountDownLatch waiting = new CountDownLatch(1);

    @TempDir
    private Path directory;

    private Path file;
    private Glance glance;

    @BeforeEach
    void makeAFile(OpenStack cloud) throws Exception {
        file = Files.write(directory.resolve("disk.raw"), new byte[SIZE]);
        glance = Glance.of(TestSessions.of(cloud, User.BUILDER, Project.FACTORY));
    }

    @AfterEach
    void deleteTheImages() throws Exception {
        for (Image image : images()) {
            glance.delete(image.id());
        }
    }

    private List<Image> images() throws OpenStackException {
        return glance.owned(Map.of()).stream()
                .filter(image -> image.name().startsWith(name))
                .toList();
    }

    private List<Image> visible() throws OpenStackException {
        return images().stream().filter(image -> !image.hidden()).toList();
    }

    @Test
    void ofEightThatMayNotShareItOneHasItAndTheOthersNameTheOther() throws Exception {
        List<String> refusals = new ArrayList<>();
        List<ImageUpload.Uploaded> uploaded = new ArrayList<>();
        for (Future<ImageUpload.Uploaded> end : eightAtOnce(IfExists.ERROR)) {
            try {
                uploaded.add(end.get());
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(OpenStackException.class).hasNoSuppressedExceptions();
                refusals.add(e.getCause().getMessage());
            }
        }

        Image image = uploaded.get(0).image();
        assertThat(uploaded).hasSize(1);
        assertThat(images()).containsExactly(image);
        assertThat(image.name()).isEqualTo(name);
        assertThat(image.properties()).isEmpty();
        assertThat(refusals)
                .hasSize(UPLOADS - 1)
                .allMatch(
                        refusal -> refusal.matches(
                                "(?s)there is an image '\\Q" + name + "\\E' in project .* \\("
                                        + image.id() + "\\): choose .*|image '\\Q" + name
                                        + "\\E' is being uploaded to project .* which began first \\(image [0-9a-f-]{36}\\): choose .*"));
    }

    @Test
    void ofEightWithTheSameDataOneHasItAndTheOthersTakeThatOne() throws Exception {
        List<ImageUpload.Uploaded> uploaded = all(eightAtOnce(IfExists.SKIP));

        assertThat(images()).containsExactly(uploaded.get(0).image());
        assertThat(uploaded).extracting(ImageUpload.Uploaded::image).containsOnly(images().get(0));
        assertThat(uploaded).filteredOn(ImageUpload.Uploaded::reused).hasSize(UPLOADS - 1);
    }

    @Test
    void ofEightThatReplaceEachOtherTheLastHasItAndTheOthersAreHidden() throws Exception {
        List<ImageUpload.Uploaded> uploaded = all(eightAtOnce(IfExists.REPLACE));

        assertThat(visible()).hasSize(1);
        Image last = visible().get(0);
        assertThat(last.name()).isEqualTo(name);
        assertThat(images()).hasSize(UPLOADS).allMatch(Image::isActive);
        assertThat(images())
                .filteredOn(Image::hidden)
                .hasSize(UPLOADS - 1)
                .allMatch(image -> image.name().matches("\\Q" + name + "\\E \\(\\d{8}-\\d{6}\\)"))
                .allMatch(image -> !last.createdAt().isBefore(image.createdAt()));
        assertThat(uploaded).extracting(one -> one.image().id()).doesNotHaveDuplicates();
    }

    private static List<ImageUpload.Uploaded> all(List<Future<ImageUpload.Uploaded>> ends) throws Exception {
        List<ImageUpload.Uploaded> uploaded = new ArrayList<>();
        for (Future<ImageUpload.Uploaded> end : ends) {
            uploaded.add(end.get());
        }
        return uploaded;
    }

    /** All of them have been created before the first one's data is sent. */
    private List<Future<ImageUpload.Uploaded>> eightAtOnce(IfExists ifExists) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(UPLOADS);
        CyclicBarrier created = new CyclicBarrier(UPLOADS);
        Callable<ImageUpload.Uploaded> one = () -> upload(name, ifExists, new SentFile(file) {
            @Override
            public Digests send(ImageDataUpload upload) throws IOException, InterruptedException {
                try {
                    created.await();
                } catch (BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
                return super.send(upload);
            }
        });
        try {
            return threads.invokeAll(Collections.nCopies(UPLOADS, one));
        } finally {
            threads.shutdownNow();
        }
    }

    private ImageUpload.Uploaded upload(String wanted, IfExists ifExists, ImageUpload.DataPath path) throws Exception {
        return new ImageUpload(glance, Patience.of(0, null), new Observing(), null)
                .upload(TestSessions.rawImage(wanted), ifExists, SIZE, path);
    }

    private ImageUpload.Uploaded upload(IfExists ifExists) throws Exception {
        return upload(name, ifExists, new SentFile(file));
    }

    private final class Observing extends SilentObserver {
        @Override
        public void begun(ImageUpload.Begun image) {
            begun.add(image);
        }

        @Override
        public void waitingFor(String id) {
            waiting.countDown();
        }
    }

    /** An image on its way that is before all others, also before those of the same second. */
    private Image claimant() throws OpenStackException {
        return glance.create(TestSessions.rawImage(name)
                .draft(
                        "00000000" + UUID.randomUUID().toString().substring(8),
                        TemporaryName.of(name, UUID.randomUUID().toString()),
                        ImageNaming.claim(name, IfExists.SKIP)));
    }

    @Test
    void whoWaitsForAnUploadThatWasFirstGoesOnWhenThatOneIsGone() throws Exception {
        Image first = claimant();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<ImageUpload.Uploaded> second = threads.submit(() -> upload(IfExists.SKIP));
            waiting.await();
            assertThat(second.isDone()).isFalse();
            glance.delete(first.id());

            assertThat(second.get().reused()).isFalse();
            assertThat(images()).containsExactly(second.get().image());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoWaitsForAnUploadThatWasFirstCanBeInterruptedAndLeavesNothing() throws Exception {
        Image first = claimant();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<ImageUpload.Uploaded> second = threads.submit(() -> upload(IfExists.SKIP));
        waiting.await();
        threads.shutdownNow();

        assertThatThrownBy(second::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(images()).containsExactly(first);
    }

    @Test
    void anImageOnItsWayIsNotReplacedAndEndsReplacedItself() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch replaced = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<ImageUpload.Uploaded> slow = threads.submit(() -> upload(name, IfExists.REPLACE, new SentFile(file) {
                @Override
                public Digests send(ImageDataUpload upload) throws IOException, InterruptedException {
                    sent.countDown();
                    replaced.await();
                    return super.send(upload);
                }
            }));
            sent.await();
            Thread.sleep(1100);
            ImageUpload.Uploaded fast = upload(IfExists.REPLACE);
            replaced.countDown();

            assertThat(fast.replaced()).isEmpty();
            assertThat(slow.get().image().hidden()).isTrue();
            assertThat(visible()).containsExactly(fast.image());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatHadTheNameBeforeIsReplacedThoughItBeganInTheSameSecondAndIsProtected() throws Exception {
        Image old = upload(IfExists.KEEP).image();
        glance.change(old, new ImageChanges().attribute("protected", true));
        try {
            ImageUpload.Uploaded current = upload(IfExists.REPLACE);

            assertThat(current.replaced()).containsExactly(old.id());
            assertThat(visible()).containsExactly(current.image());
            assertThat(glance.get(old.id()).isProtected()).isTrue();
        } finally {
            glance.change(glance.get(old.id()), new ImageChanges().attribute("protected", false));
        }
    }

    @Test
    void aHalfImageOfItsOwnThatCannotBeDeletedYetIsNoRival(OpenStack cloud) throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.CutAfter(SIZE / 2)).on(1, "DELETE", ".*", new Fault.Status(503));
            Session session = TestSessions.through(proxy, cloud, User.BUILDER, Project.FACTORY);
            Patience patience = new Patience(1, Deadline.never(), Duration.ofMillis(1100));

            ImageUpload.Uploaded uploaded = new ImageUpload(Glance.of(session), patience, new Observing(), null)
                    .upload(TestSessions.rawImage(name), IfExists.ERROR, SIZE, new SentFile(file));

            assertThat(proxy.requests())
                    .filteredOn(request -> request.startsWith("PUT"))
                    .hasSize(2);
            assertThat(images()).containsExactly(uploaded.image());
        }
    }

    @Test
    void anImageThatHasTheNameKeepsItThoughOneThatHadItCannotBeRetired(OpenStack cloud) throws Exception {
        Image old = upload(IfExists.KEEP).image();
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PATCH", ".*/" + old.id(), new Fault.Status(403));
            Session session = TestSessions.through(proxy, cloud, User.BUILDER, Project.FACTORY);
            ImageUpload upload = new ImageUpload(Glance.of(session), Patience.of(2, null), new Observing(), null);

            assertThatThrownBy(() ->
                            upload.upload(TestSessions.rawImage(name), IfExists.REPLACE, SIZE, new SentFile(file)))
                    .hasMessageContaining("has the name '" + name + "', but one that had it before keeps it, too");

            assertThat(visible()).hasSize(2).contains(glance.get(old.id()));
            assertThat(proxy.requests())
                    .filteredOn(request -> request.startsWith("PUT"))
                    .hasSize(1);
        }
    }

    @Test
    void noImageGetsTheNameWhileAHalfOneOfTheSameUploadCannotBeDeleted(OpenStack cloud) throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.CutAfter(SIZE / 2));
            for (int i = 0; i < 20; i++) {
                proxy.on(1, "DELETE", ".*", new Fault.Status(503));
            }
            Session session = TestSessions.through(proxy, cloud, User.BUILDER, Project.FACTORY);
            Patience patience = new Patience(1, Deadline.never(), Duration.ofMillis(10));
            ImageUpload upload = new ImageUpload(Glance.of(session), patience, new Observing(), null);

            assertThatThrownBy(
                            () -> upload.upload(TestSessions.rawImage(name), IfExists.ERROR, SIZE, new SentFile(file)))
                    .isInstanceOf(OpenStackException.class);

            assertThat(glance.named(name)).isEmpty();
        }
    }

    @Test
    void whatOtherProjectsHaveOrClaimDoesNotCount(OpenStack cloud) throws Exception {
        Glance others = Glance.of(TestSessions.of(cloud, User.BUILDER, Project.DEV));
        Image claim = others.create(TestSessions.rawImage(name)
                .draft(UUID.randomUUID().toString(), name, ImageNaming.claim(name, IfExists.ERROR)));
        others.change(claim, new ImageChanges().attribute("visibility", "community"));
        try {
            assertThat(upload(IfExists.ERROR).image().name()).isEqualTo(name);
        } finally {
            others.delete(claim.id());
        }
    }

    @Test
    void anImageThatIsHiddenDoesNotHaveTheName() throws Exception {
        Image hidden = upload(IfExists.KEEP).image();
        glance.change(hidden, new ImageChanges().attribute("os_hidden", true));

        Image image = upload(IfExists.ERROR).image();

        assertThat(visible()).containsExactly(image);
        assertThat(SameNameImages.find(glance, name)
                        .withTheSameData(SIZE, algorithms -> begun.get(1).digests()))
                .map(Image::id)
                .contains(image.id());
    }

    @Test
    void whoTakesOverTakesAnImageThatIsWholeAndGivesItItsName() throws Exception {
        Image finished = upload(IfExists.REPLACE).image();
        ImageUpload.Begun whole = begun.get(1);
        ImageUpload again = new ImageUpload(glance, Patience.of(0, null), new Observing(), null);
        assertThat(again.isWhole(begun.get(0), SIZE)).isFalse();
        assertThat(again.isWhole(whole, SIZE + 1)).isFalse();
        assertThat(again.isWhole(whole, SIZE)).isTrue();

        assertThat(again.finish(whole, TestSessions.rawImage(name), IfExists.REPLACE, new SentFile(file))
                        .image())
                .isEqualTo(finished);
        glance.change(
                finished,
                new ImageChanges().attribute("name", whole.temporaryName()).attribute("visibility", "private"));
        assertThat(again.finish(whole, TestSessions.rawImage(name), IfExists.ERROR, new SentFile(file))
                        .image())
                .satisfies(image -> assertThat(image.visibility()).isEqualTo("shared"))
                .satisfies(image -> assertThat(image.name()).isEqualTo(name));

        again.discard(whole);
        assertThat(again.isWhole(whole, SIZE)).isFalse();
    }
}
