package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.Trust;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
    private static final int[] EVERY_STATUS = {401, 429, 500, 502, 503, 504};
    private static final int[] ONE_OF_EACH_KIND = {401, 503};
    private static final int FOR_GOOD = 40;
    private static final int ENOUGH_RETRIES = 20;
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final String name = "matrix " + UUID.randomUUID();

    @TempDir
    private Path directory;

    private OpenStack cloud;
    private FaultyProxy proxy;
    private Path file;
    private String md5;

    @BeforeEach
    void makeAFile(OpenStack testCloud) throws Exception {
        cloud = testCloud;
        proxy = FaultyProxy.before(cloud.glanceUrl());
        byte[] content = new byte[SIZE];
        new Random(4711).nextBytes(content);
        file = Files.write(directory.resolve("disk.raw"), content);
        md5 = Digests.of(file, Set.of(DigestAlgorithm.MD5)).get(DigestAlgorithm.MD5);
    }

    @AfterEach
    void deleteTheImages() throws Exception {
        proxy.close();
        Glance glance = Glance.of(Kind.PUBLIC.session(cloud));
        for (Image image : images()) {
            glance.change(image, new ImageChanges().attribute("protected", false));
            glance.delete(image.id());
        }
    }

    /** Those that have the name, and those that were on their way to it. */
    private List<Image> images() throws OpenStackException {
        List<Image> images = new ArrayList<>();
        for (Kind kind : List.of(Kind.SHARED, Kind.PUBLIC)) {
            Glance.of(kind.session(cloud)).owned(Map.of()).stream()
                    .filter(image -> image.name().startsWith(name))
                    .forEach(images::add);
        }
        return images;
    }

    /** What is asked for: the last request makes an image so. */
    enum Kind {
        SHARED,
        PROTECTED,
        PUBLIC;

        /** Glance's policy lets the admin alone make images public. */
        private Session session(OpenStack cloud) {
            return TestSessions.of(cloud, user(), project());
        }

        private User user() {
            return this == PUBLIC ? User.ADMIN : User.BUILDER;
        }

        private Project project() {
            return this == PUBLIC ? Project.ADMIN : Project.FACTORY;
        }

        private NewImage image(String name) {
            NewImage image = TestSessions.rawImage(name);
            return new NewImage(
                    name,
                    image.diskFormat(),
                    image.containerFormat(),
                    this == PUBLIC ? "public" : "shared",
                    0,
                    0,
                    this == PROTECTED,
                    false,
                    List.of(),
                    Map.of());
        }

        /** Which of an upload's changes gives the image its name; before it public images try their visibility out. */
        private int lastChange() {
            return this == PUBLIC ? 3 : 1;
        }
    }

    /** Which request of an upload a fault meets. */
    enum Phase {
        CREATE("POST", "/v2/images"),
        TRY_VISIBILITY("PATCH", "/v2/images/[0-9a-f-]{36}"),
        PUT_AT_0("PUT", ".*/file"),
        PUT_AT_50("PUT", ".*/file"),
        PUT_AT_99("PUT", ".*/file"),
        POLL("GET", "/v2/images/[0-9a-f-]{36}"),
        LAST("PATCH", "/v2/images/[0-9a-f-]{36}"),
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

        /** From which of the requests on that it may be. */
        private int nth(Kind kind) {
            return this == LAST ? kind.lastChange() : 1;
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(Kind.values()).flatMap(FaultMatrixIT::faults);
    }

    private static Stream<Arguments> faults(Kind kind) {
        List<Arguments> matrix = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            if (phase == Phase.TRY_VISIBILITY && kind != Kind.PUBLIC) {
                continue;
            }
            List<Fault> faults =
                    new ArrayList<>(List.of(new Fault.CutAfter(phase.bytes()), new Fault.ResetAfter(phase.bytes())));
            if (kind == Kind.SHARED || phase == Phase.LAST) {
                faults.add(new Fault.StallAfter(phase.bytes()));
            }
            if (phase.bytes() == 0) {
                faults.add(new Fault.LoseAnswer());
                for (int status : kind == Kind.SHARED ? EVERY_STATUS : ONE_OF_EACH_KIND) {
                    faults.add(new Fault.Status(status));
                }
                if (phase == Phase.PUT_AT_0) {
                    faults.add(new Fault.Status(413));
                }
            }
            faults.forEach(fault -> matrix.add(Arguments.of(kind, phase, fault)));
        }
        return matrix.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("faults")
    void afterAFaultInPassingThereIsTheOneWholeImage(Kind kind, Phase phase, Fault fault) throws Exception {
        if (phase == Phase.DELETE) {
            proxy.on(1, "PUT", ".*/file", new Fault.CutAfter(SIZE / 2));
        }
        proxy.on(phase.nth(kind), phase.method, phase.path, fault);

        assertIsTheOneWholeImage(kind, upload(kind, ENOUGH_RETRIES, patienceWith(fault)));
    }

    private void assertIsTheOneWholeImage(Kind kind, ImageUpload.Uploaded uploaded) throws OpenStackException {
        assertThat(images()).containsExactly(uploaded.image());
        assertThat(uploaded.image().status()).isEqualTo("active");
        assertThat(uploaded.image().checksum()).isEqualTo(md5);
        NewImage wanted = kind.image(name);
        assertThat(uploaded.image().name()).isEqualTo(name);
        assertThat(uploaded.image().visibility()).isEqualTo(wanted.visibility());
        assertThat(uploaded.image().isProtected()).isEqualTo(wanted.isProtected());
    }

    static Stream<Arguments> faultsOfWhatMustWork() {
        return faults().filter(arguments -> arguments.get()[1] != Phase.DELETE)
                .filter(arguments -> !isChangeWithoutAnswer(arguments));
    }

    /** That it was made is seen at the image. */
    static Stream<Arguments> changesWithoutAnswer() {
        return faults().filter(FaultMatrixIT::isChangeWithoutAnswer);
    }

    private static boolean isChangeWithoutAnswer(Arguments arguments) {
        return arguments.get()[1] instanceof Phase phase
                && phase.method.equals("PATCH")
                && arguments.get()[2] instanceof Fault.LoseAnswer;
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("changesWithoutAnswer")
    void aChangeWhoseAnswerIsAlwaysLostIsAChange(Kind kind, Phase phase, Fault fault) throws Exception {
        forGood(kind, phase, fault);

        assertIsTheOneWholeImage(kind, upload(kind, 0, PATIENT));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("faultsOfWhatMustWork")
    void whenAFaultStaysThereIsNoImageAndTheReasonIsTold(Kind kind, Phase phase, Fault fault) throws Exception {
        forGood(kind, phase, fault);

        OpenStackException failure =
                catchThrowableOfType(OpenStackException.class, () -> upload(kind, 1, patienceWith(fault)));

        assertThat(images()).isEmpty();
        assertThat(failure).hasMessageContaining(reason(fault)).hasNoSuppressedExceptions();
    }

    @Test
    void whatCannotBeDeletedEitherIsNamed() throws Exception {
        forGood(Kind.SHARED, Phase.PUT_AT_50, new Fault.CutAfter(SIZE / 2));
        forGood(Kind.SHARED, Phase.DELETE, new Fault.Status(503));

        OpenStackException failure =
                catchThrowableOfType(OpenStackException.class, () -> upload(Kind.SHARED, 1, PATIENT));

        assertThat(images()).hasSize(2);
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(also -> assertThat(also)
                        .hasMessageStartingWith("left behind, to be deleted by hand: images [")
                        .hasMessageContaining(images().get(0).id()));
    }

    private void forGood(Kind kind, Phase phase, Fault fault) {
        for (int time = 1; time <= FOR_GOOD; time++) {
            proxy.on(phase.nth(kind), phase.method, phase.path, fault);
        }
    }

    private static String reason(Fault fault) {
        if (fault instanceof Fault.Status status) {
            return "answered " + status.code();
        }
        return fault instanceof Fault.StallAfter ? "" : "broke the connection off";
    }

    /** Nobody wants to wait for a stall; but a busy machine takes its time over everything. */
    private static Duration patienceWith(Fault fault) {
        return fault instanceof Fault.StallAfter ? Duration.ofSeconds(5) : PATIENT;
    }

    private ImageUpload.Uploaded upload(Kind kind, int retries, Duration responseTimeout)
            throws IOException, InterruptedException {
        HttpSettings settings = new HttpSettings(Duration.ofSeconds(5), responseTimeout, 1, Trust.JAVA, null);
        try (HttpTransport http = new HttpTransport(settings)) {
            Session session = TestSessions.through(http, proxy, cloud, kind.user(), kind.project());
            Patience patience = new Patience(retries, Deadline.never(), Duration.ofMillis(10));
            return new ImageUpload(Glance.of(session), patience, TestSessions.OBSERVER, null)
                    .upload(kind.image(name), IfExists.KEEP, SIZE, new SentFile(file));
        }
    }
}
