package io.jenkins.plugins.imagefactory.soak;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackDeleteStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.Trust;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.IfExists;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageUpload;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.image.SentFile;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.LocalStepContext;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Uploads of small images, eight at a time, through a proxy with random faults; runs of Packer of which a third is aborted at random
 * moments; stacks. All chance comes from one seed. What is not as it should be is collected as sentences.
 */
final class Soak implements AutoCloseable {
    private static final int UPLOADS_AT_ONCE = 8;
    private static final int IMAGE_BYTES = 200_000;
    private static final int ONE_IN = 3;
    private static final int LONGEST_RUN_MILLIS = 900;
    private static final String TEMPLATE = """
            heat_template_version: 2018-08-31
            resources:
              value: {type: OS::Heat::Value, properties: {value: 1}}
            """;

    private final OpenStack cloud;
    private final Path directory;
    private final HttpTransport http;
    private final TestClouds clouds;
    private final Glance glance;
    private final Stacks stacks;
    private final Path image;
    private final Random chance;
    private final AtomicInteger number = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger uploads = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger builds = new AtomicInteger();
    private final AtomicInteger aborts = new AtomicInteger();
    private final AtomicInteger launches = new AtomicInteger();

    Soak(OpenStack cloud, Path directory, long seed) throws IOException {
        this.cloud = cloud;
        this.directory = Files.createDirectories(directory.toAbsolutePath());
        cloud.heat(Project.FACTORY);
        http = new HttpTransport(new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(20), 1, Trust.JAVA, null));
        clouds = new TestClouds(cloud, User.BUILDER);
        Session direct = TestSessions.of(cloud, User.BUILDER, Project.FACTORY);
        glance = Glance.of(direct);
        stacks = Stacks.of(direct);
        chance = new Random(seed);
        byte[] content = new byte[IMAGE_BYTES];
        chance.nextBytes(content);
        image = Files.write(this.directory.resolve("disk.raw"), content);
    }

    /** What was done so far. */
    String done() {
        return "%d uploads with %d faults (%d failed, without an image), %d runs of Packer of which %d were aborted, %d stacks"
                .formatted(uploads.get(), faults.get(), failed.get(), builds.get(), aborts.get(), launches.get());
    }

    /** What was wrong, each a sentence. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    Holdings holdings() throws IOException, InterruptedException {
        return Holdings.now(List.of(directory.resolve("builds"), Path.of(System.getProperty("java.io.tmpdir"))));
    }

    long images() {
        return cloud.images().size();
    }

    /** Works for so long; what has begun then ends by itself. */
    void run(Duration time) throws InterruptedException, ExecutionException {
        Deadline end = Deadline.in(time);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < UPLOADS_AT_ONCE; i++) {
            work.add(repeating(end, this::upload));
        }
        work.add(repeating(end, this::packer));
        work.add(repeating(end, this::stack));
        ExecutorService workers = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Void> worker : workers.invokeAll(work)) {
                worker.get();
            }
        } finally {
            workers.shutdown();
        }
    }

    @FunctionalInterface
    private interface Task {
        void run(Random chance) throws Exception;
    }

    private Callable<Void> repeating(Deadline end, Task task) {
        Random own = new Random(chance.nextLong());
        return () -> {
            while (!end.isOver()) {
                try {
                    task.run(own);
                } catch (Exception e) {
                    wrong.add(e.toString());
                }
            }
            return null;
        };
    }

    private void upload(Random own) throws Exception {
        String name = "soak " + number.incrementAndGet();
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            orderFaults(proxy, own);
            Session session = TestSessions.through(http, proxy, cloud, User.BUILDER, Project.FACTORY);
            IfExists ifExists = IfExists.values()[own.nextInt(2) * (IfExists.values().length - 1)];
            Image made = new ImageUpload(
                            Glance.of(session),
                            new Patience(2, Deadline.never(), Duration.ofMillis(10)),
                            TestSessions.OBSERVER,
                            null)
                    .upload(TestSessions.rawImage(name), ifExists, IMAGE_BYTES, new SentFile(image))
                    .image();
            if (!made.isActive() || !name.equals(made.name()) || made.size() != IMAGE_BYTES) {
                wrong.add("an upload ended with " + made);
            }
            glance.delete(made.id());
        } catch (OpenStackException e) {
            failed.incrementAndGet();
            if (e.getSuppressed().length > 0) {
                wrong.add("left behind: " + e.getSuppressed()[0].getMessage());
            }
        }
        for (Image left : glance.named(name)) {
            wrong.add("there is " + left);
            glance.delete(left.id());
        }
        uploads.incrementAndGet();
    }

    /** In passing, so that what they leave can be removed. */
    private void orderFaults(FaultyProxy proxy, Random own) {
        List<String[]> phases = List.of(
                new String[] {"POST", "/v2/images"},
                new String[] {"PUT", ".*/file"},
                new String[] {"GET", "/v2/images/[0-9a-f-]{36}"},
                new String[] {"PATCH", "/v2/images/[0-9a-f-]{36}"},
                new String[] {"DELETE", "/v2/images/[0-9a-f-]{36}"});
        int count = own.nextInt(4);
        for (int i = 0; i < count; i++) {
            String[] phase = phases.get(own.nextInt(phases.size()));
            long bytes = phase[0].equals("PUT") ? own.nextInt(IMAGE_BYTES) : 0;
            Fault fault = switch (own.nextInt(6)) {
                case 0 -> new Fault.CutAfter(bytes);
                case 1 -> new Fault.ResetAfter(bytes);
                case 2 -> new Fault.LoseAnswer();
                case 3 -> new Fault.Status(503);
                case 4 -> new Fault.Status(401);
                default -> new Fault.Slow(400_000);
            };
            proxy.on(1 + own.nextInt(2), phase[0], phase[1], fault);
            faults.incrementAndGet();
        }
    }

    private void packer(Random own) throws Exception {
        LocalBuild build = build();
        Files.writeString(build.workspace().resolve("t.json"), """
                {"builders": [{"type": "null", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "inline": ["sleep 0.%d", "echo x > disk.img"]}]}
                """.formatted(own.nextInt(10)));
        PackerBuildStep step = new PackerBuildStep("t.json");
        step.setImages("disk.img");
        boolean aborted = own.nextInt(ONE_IN) == 0;
        LocalStepContext context = context(build);
        StepExecution execution = step.start(context);
        execution.start();
        if (aborted) {
            Thread.sleep(own.nextInt(LONGEST_RUN_MILLIS));
            execution.stop(new InterruptedException("aborted"));
            aborts.incrementAndGet();
        }
        try {
            context.end().get();
        } catch (ExecutionException e) {
            if (!aborted) {
                wrong.add("a run of Packer failed: " + e.getCause());
            }
        }
        builds.incrementAndGet();
        remove(build);
    }

    private void stack(Random own) throws Exception {
        LocalBuild build = build();
        Files.writeString(build.workspace().resolve("stack.yaml"), TEMPLATE);
        String name = "soak-" + number.incrementAndGet();
        HeatStackStep launch = new HeatStackStep("stack.yaml");
        launch.setName(name);
        end(launch, build);
        end(new HeatStackDeleteStep(name), build);
        if (stacks.find(name).isPresent()) {
            wrong.add("there is stack " + name);
        }
        launches.incrementAndGet();
        remove(build);
    }

    private void end(Step step, LocalBuild build) throws Exception {
        LocalStepContext context = context(build);
        step.start(context).start();
        context.end().get();
    }

    private LocalBuild build() throws IOException {
        Path home = directory.resolve("builds").resolve("build-" + number.incrementAndGet());
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        return LocalBuild.in(home.resolve("workspace"), home.resolve("archive"), console, clouds);
    }

    private static LocalStepContext context(LocalBuild build) {
        EnvVars env = new EnvVars(System.getenv());
        env.putAll(Map.of("WORKSPACE", build.workspace().toString()));
        return new LocalStepContext(build, new FilePath(build.workspace().toFile()), env);
    }

    /** Of what is beside the workspace all must be gone already. */
    private void remove(LocalBuild build) throws IOException {
        Path home = build.workspace().getParent();
        Path beside = home.resolve("workspace@tmp");
        if (Files.exists(beside)) {
            try (Stream<Path> left = Files.list(beside)) {
                left.forEach(file -> wrong.add("left beside a workspace: " + file));
            }
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The connections of what has ended. */
    @Override
    public void close() {
        http.close();
        clouds.close();
    }
}
