package io.jenkins.plugins.imagefactory.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An upload through every fault in every phase: in the end there is the one whole image, or none and the reason. */
@ExtendWith(OpenStackExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixIT {
    private static final int SIZE = 2_000_000;
    private static final int FOR_GOOD = 40;
    private static final int ENOUGH_RETRIES = 20;
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final String name = "matrix " + UUID.randomUUID();

    @TempDir
    private Path directory;

    private OpenStack cloud;
    private FaultyProxy proxy;
    private Path file;
    private Digests digests;

    @BeforeEach
    void makeAFile(OpenStack testCloud) throws Exception {
        cloud = testCloud;
        proxy = FaultyProxy.before(cloud.glanceUrl());
        byte[] content = new byte[SIZE];
        new Random(4711).nextBytes(content);
        file = Files.write(directory.resolve("disk.raw"), content);
        digests = Digests.of(file);
    }

    @AfterEach
    void deleteTheImages() throws Exception {
        proxy.close();
        Glance glance = TestSessions.of(cloud, User.BUILDER, Project.FACTORY).glance();
        for (Image image : images()) {
            glance.delete(image.id());
        }
    }

    private List<Image> images() throws OpenStackException {
        return TestSessions.of(cloud, User.BUILDER, Project.FACTORY).glance().owned(Map.of("name", name));
    }

    /** Which request of an upload a fault meets. */
    enum Phase {
        CREATE("POST", "/v2/images"),
        PUT_AT_0("PUT", ".*/file"),
        PUT_AT_50("PUT", ".*/file"),
        PUT_AT_99("PUT", ".*/file"),
        POLL("GET", "/v2/images/[0-9a-f-]{36}"),
        DELETE("DELETE", "/v2/images/[0-9a-f-]{36}");

        private final String method;
        private final String path;

        Phase(String method, String path) {
            this.method = method;
            this.path = path;
        }

        private long bytes() {
            return switch (this) {
                case PUT_AT_50 -> SIZE / 2;
                case PUT_AT_99 -> SIZE * 99L / 100;
                default -> 0;
            };
        }
    }

    static Stream<Arguments> faults() {
        List<Arguments> matrix = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            List<Fault> faults = new ArrayList<>(List.of(
                    new Fault.CutAfter(phase.bytes()),
                    new Fault.ResetAfter(phase.bytes()),
                    new Fault.StallAfter(phase.bytes())));
            if (phase.bytes() == 0) {
                faults.add(new Fault.LoseAnswer());
                for (int status : new int[] {401, 429, 500, 502, 503, 504}) {
                    faults.add(new Fault.Status(status));
                }
                if (phase == Phase.PUT_AT_0) {
                    faults.add(new Fault.Status(413));
                }
            }
            faults.forEach(fault -> matrix.add(Arguments.of(phase, fault)));
        }
        return matrix.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void afterAFaultInPassingThereIsTheOneWholeImage(Phase phase, Fault fault) throws Exception {
        if (phase == Phase.DELETE) {
            proxy.on(1, "PUT", ".*/file", new Fault.CutAfter(SIZE / 2));
        }
        proxy.on(1, phase.method, phase.path, fault);

        ImageUpload.Uploaded uploaded = upload(ENOUGH_RETRIES, patienceWith(fault));

        assertThat(images())
                .extracting(Image::id)
                .containsExactly(uploaded.image().id());
        assertThat(uploaded.image().status()).isEqualTo("active");
        assertThat(uploaded.image().checksum()).isEqualTo(digests.md5());
    }

    static Stream<Arguments> faultsOfWhatMustWork() {
        return faults().filter(arguments -> arguments.get()[0] != Phase.DELETE);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faultsOfWhatMustWork")
    void whenAFaultStaysThereIsNoImageAndTheReasonIsTold(Phase phase, Fault fault) throws Exception {
        forGood(phase, fault);

        OpenStackException failure =
                catchThrowableOfType(OpenStackException.class, () -> upload(1, patienceWith(fault)));

        assertThat(images()).isEmpty();
        assertThat(failure).hasMessageContaining(reason(fault)).hasNoSuppressedExceptions();
    }

    @Test
    void whatCannotBeDeletedEitherIsNamed() throws Exception {
        forGood(Phase.PUT_AT_50, new Fault.CutAfter(SIZE / 2));
        forGood(Phase.DELETE, new Fault.Status(503));

        OpenStackException failure = catchThrowableOfType(OpenStackException.class, () -> upload(1, PATIENT));

        assertThat(images()).hasSize(2);
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(also -> assertThat(also)
                        .hasMessageStartingWith("left behind, to be deleted by hand: images [")
                        .hasMessageContaining(images().get(0).id()));
    }

    private void forGood(Phase phase, Fault fault) {
        for (int nth = 1; nth <= FOR_GOOD; nth++) {
            proxy.on(1, phase.method, phase.path, fault);
        }
    }

    private static String reason(Fault fault) {
        if (fault instanceof Fault.Status status) {
            return "answered " + status.code();
        }
        return fault instanceof Fault.StallAfter ? "" : "broke the connection off";
    }

    /** Nobody wants to wait for a stall; a busy machine may take its time over everything else. */
    private static Duration patienceWith(Fault fault) {
        return fault instanceof Fault.StallAfter ? Duration.ofSeconds(1) : PATIENT;
    }

    private ImageUpload.Uploaded upload(int retries, Duration responseTimeout)
            throws IOException, InterruptedException {
        HttpSettings settings = new HttpSettings(Duration.ofSeconds(5), responseTimeout, 1, Trust.JAVA, null);
        try (HttpTransport http = new HttpTransport(settings)) {
            Session session = TestSessions.through(http, proxy, cloud, User.BUILDER, Project.FACTORY);
            Patience patience = new Patience(retries, Instant.MAX, Duration.ofMillis(10));
            return new ImageUpload(session.glance(), patience, TestSessions.OBSERVER)
                    .upload(TestSessions.rawImage(name), SIZE, upload -> upload.send(file, sent -> {}));
        }
    }
}
