package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a Jenkinsfile waits for: many small images, and the time from Packer's end to an image in Glance. */
public final class BuildBenchmark {
    private static final Path DIRECTORY = Path.of("target", "bench");
    private static final int SMALL_IMAGES = 50;
    private static final int COUNTED_IMAGES = 10;
    private static final String SMALL = """
            %d.times { glanceUpload(file: 'small.raw', name: "small ${it}") }
            """;

    private static final String PACKER = """
            packerBuild(template: 'copy.json', force: true)
            glanceUpload(file: 'output/disk.img', name: 'bench')
            """;

    private static final String COMMANDS = """
            mkdir -p archive/output
            cd workspace/output
            sha256sum disk.img > SHA256SUM
            cp disk.img SHA256SUM ../../archive/output
            openstack image create --file disk.img --disk-format raw bench
            """;

    private final Path directory;
    private final BenchmarkCloud cloud;

    private BuildBenchmark(Path directory, BenchmarkCloud cloud) {
        this.directory = directory;
        this.cloud = cloud;
    }

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        String machine = Machine.now();
        try (OpenStack openStack = OpenStack.start(DIRECTORY.resolve("openstack"))) {
            BuildBenchmark benchmark = new BuildBenchmark(DIRECTORY, BenchmarkCloud.of(openStack));
            String section = machine + "\n\n" + benchmark.small() + "\n" + benchmark.fromPackersEnd();
            System.out.println(section);
            Section.replace(Path.of(arguments[0]), "build", section);
        }
        System.exit(0);
    }

    private String small() throws Exception {
        Path workspace = Files.createDirectories(directory.resolve("workspace"));
        RandomFile.write(workspace.resolve("small.raw"), 1 << 20);
        String loop = "for i in $(seq " + SMALL_IMAGES + "); do "
                + String.join(
                        " ",
                        UploadBenchmark.glance(workspace.resolve("small.raw").toAbsolutePath())) + "; done";
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        pipeline(SMALL.formatted(1), cloud.options(), OutputStream.nullOutputStream());
        for (int round = 0; round < UploadBenchmark.ROUNDS; round++) {
            long start = System.nanoTime();
            pipeline(SMALL.formatted(SMALL_IMAGES), cloud.options(), OutputStream.nullOutputStream());
            ours.add((System.nanoTime() - start) / 1e9);
            cloud.deleteAll();
            theirs.add(MeasuredProcess.run(directory, cloud.environment(), List.of("bash", "-ec", loop))
                    .wall());
            cloud.deleteAll();
        }
        double our = Table.median(ours);
        double their = Table.median(theirs);
        Table table = new Table("", "wall, s", "of `glance`", "each, ms");
        table.row(
                "glanceUpload, steps of one Pipeline",
                Table.number(our),
                Table.number(our / their),
                Table.number(our / SMALL_IMAGES * 1000));
        table.row("`glance image-create`", Table.number(their), "1.00", Table.number(their / SMALL_IMAGES * 1000));
        return SMALL_IMAGES + " images of 1 MiB, one after another, medians of " + UploadBenchmark.ROUNDS
                + "; the Pipeline without a Jenkins, which would keep its state as well:\n\n" + table + "\n"
                + requests();
    }

    private String requests() throws Exception {
        try (FaultyProxy keystone = FaultyProxy.before(cloud.openStack().authUrl());
                FaultyProxy glance = FaultyProxy.before(cloud.openStack().glanceUrl())) {
            ClientOptions through = cloud.options(URI.create(keystone.url() + "/v3"))
                    .with("image_endpoint_override", glance.url().toString());
            pipeline(SMALL.formatted(COUNTED_IMAGES), through, OutputStream.nullOutputStream());
            cloud.deleteAll();
            return "HTTP requests of " + COUNTED_IMAGES + " such steps: "
                    + keystone.requests().size()
                    + " to Keystone, " + glance.requests().size()
                    + " to Glance: one look at the newest image, and for each"
                    + " image create, data, get and the last change.\n";
        }
    }

    private String fromPackersEnd() throws Exception {
        Path workspace =
                Files.createDirectories(directory.resolve("workspace/output")).getParent();
        Files.writeString(workspace.resolve("copy.json"), """
                {"builders": [{"type": "file", "source": "%s", "target": "output/disk.img"}]}
                """.formatted(
                        RandomFile.write(directory.resolve("disk.raw"), UploadBenchmark.SIZE)));
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round < UploadBenchmark.ROUNDS; round++) {
            EndOfPacker console = new EndOfPacker();
            pipeline(PACKER, cloud.options(), console);
            ours.add((System.nanoTime() - console.end) / 1e9);
            cloud.deleteAll();
            theirs.add(MeasuredProcess.run(
                            directory,
                            cloud.environment(),
                            List.of("bash", "-ec", "cd '" + directory.toAbsolutePath() + "'\n" + COMMANDS))
                    .wall());
            cloud.deleteAll();
        }
        Table table = new Table("", "wall, s");
        table.row("packerBuild (archive, SHA-256) and glanceUpload", Table.number(Table.median(ours)));
        table.row(
                "`sha256sum`, `cp` and `openstack image create --file`, verified by nobody",
                Table.number(Table.median(theirs)));
        return "From Packer's last line to an active image of " + (UploadBenchmark.SIZE >> 20) + " MiB, medians of "
                + UploadBenchmark.ROUNDS + ":\n\n" + table;
    }

    private void pipeline(String script, ClientOptions options, OutputStream console) throws IOException {
        Path file = Files.writeString(directory.resolve("Jenkinsfile"), script);
        try (TestClouds clouds = new TestClouds(options)) {
            LocalBuild build = LocalBuild.in(
                    directory.resolve("workspace").toAbsolutePath(), directory.resolve("archive"), console, clouds);
            Pipeline.run(
                    file,
                    build,
                    Map.of("BUILD_URL", "http://jenkins/job/bench/1/", "JOB_NAME", "bench", "BUILD_NUMBER", "1"));
        }
    }

    /** A console that knows when Packer said its last. */
    private static final class EndOfPacker extends ByteArrayOutputStream {
        private long end;

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            if (end == 0 && toString(StandardCharsets.UTF_8).contains("Stored file: ")) {
                end = System.nanoTime();
            }
        }
    }
}
