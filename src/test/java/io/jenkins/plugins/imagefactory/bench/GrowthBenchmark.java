package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** How time and memory grow with what gets larger: each {@link Growth} at three sizes, in the real Keystone, Glance and Packer. */
public record GrowthBenchmark(Path directory, BenchmarkCloud cloud, Map<String, String> environment) {
    private static final Path DIRECTORY = Path.of("target", "bench", "growth").toAbsolutePath();
    private static final int CREATED_AT_ONCE = 8;
    private static final int LINE = 100;

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY.resolve("workspace"));
        Files.write(DIRECTORY.resolve("workspace/small.raw"), new byte[GrowthProcess.SMALL_FILE]);
        String machine = Machine.now();
        try (OpenStack openStack = OpenStack.start(DIRECTORY.resolve("openstack"))) {
            String section = new GrowthBenchmark(DIRECTORY, BenchmarkCloud.of(openStack), new HashMap<>()).run(machine);
            System.out.println(section);
            Section.replace(Path.of(arguments[0]), "growth", section);
        }
        System.exit(0);
    }

    private String run(String machine) throws Exception {
        environment.put("OPENRC", cloud.openrc());
        for (int size : Growth.LOG.sizes()) {
            writeTemplate(size);
        }
        Table table = new Table("", "size", "s", "times as long", "peak memory, MiB");
        for (Growth growth : List.of(Growth.TEMPLATE, Growth.LOG, Growth.PARALLEL, Growth.BUILD, Growth.PROPERTIES)) {
            rows(table, growth);
        }
        cloud.deleteAll();
        share(table);
        images(table);
        return machine
                + "\n\nEach in a process of its own with `-Xmx512m`, once at its smallest size before it is measured; its memory is that of"
                + " the whole process. Ten times the size would take ten times as long if it grew evenly:\n\n" + table;
    }

    private void rows(Table table, Growth growth) throws Exception {
        double before = 0;
        for (int size : growth.sizes()) {
            before = row(table, growth, size, before);
        }
    }

    private double row(Table table, Growth growth, int size, double before) throws Exception {
        MeasuredProcess process = MeasuredProcess.run(
                directory,
                environment,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        GrowthProcess.class.getName(),
                        growth.name(),
                        String.valueOf(size),
                        directory.toString()));
        double seconds = Files.readAllLines(directory.resolve("last-command.log")).stream()
                .filter(line -> line.startsWith("seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring("seconds ".length())))
                .findFirst()
                .orElseThrow();
        System.out.println(growth + " " + size + ": " + seconds + " s, " + process.peakMiB() + " MiB");
        table.row(
                growth.subject(),
                String.valueOf(size),
                seconds < 0.1 ? String.format(java.util.Locale.ROOT, "%.3f", seconds) : Table.number(seconds),
                before == 0 ? "" : Table.number(seconds / before),
                Table.number(process.peakMiB()));
        return seconds;
    }

    private void share(Table table) throws Exception {
        int[] sizes = Growth.SHARE.sizes();
        environment.put(
                "PROJECTS", String.join(" ", cloud.openStack().addProjects(User.BUILDER, sizes[sizes.length - 1])));
        double before = 0;
        for (int size : sizes) {
            List<String> images = List.of(cloud.newImage(), cloud.newImage());
            environment.put(
                    "IMAGES",
                    images.stream()
                            .map(image -> image.substring(image.lastIndexOf('/') + 1))
                            .collect(Collectors.joining(" ")));
            before = row(table, Growth.SHARE, size, before);
            for (String image : images) {
                cloud.delete(image);
            }
        }
    }

    /** The smaller numbers come first, since the images stay. */
    private void images(Table table) throws Exception {
        List<Growth> all = List.of(Growth.FIND, Growth.OFFER, Growth.REPLACE, Growth.PRUNE);
        Map<Growth, Double> before = new HashMap<>();
        Map<Growth, Table> rows = new HashMap<>();
        int there = 0;
        for (int size : Growth.FIND.sizes()) {
            create(there, size);
            there = size;
            for (Growth growth : all) {
                before.put(
                        growth,
                        row(
                                rows.computeIfAbsent(growth, g -> new Table()),
                                growth,
                                size,
                                before.getOrDefault(growth, 0.0)));
            }
        }
        all.forEach(growth -> table.append(rows.get(growth)));
    }

    private void create(int from, int to) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newFixedThreadPool(CREATED_AT_ONCE);
        List<Callable<Void>> creations = new ArrayList<>();
        for (int number = from; number < to; number++) {
            String body =
                    "{\"name\": \"image-" + number + "\", \"disk_format\": \"raw\", \"container_format\": \"bare\","
                            + " \"visibility\": \"shared\", \"os_distro\": \"debian\", \"git_commit\": \"0123456789abcdef\"}";
            creations.add(() -> create(http, body));
        }
        for (Future<Void> end : threads.invokeAll(creations)) {
            end.get();
        }
        threads.shutdown();
    }

    private Void create(HttpClient http, String body) throws IOException, InterruptedException {
        int status = http.send(
                        HttpRequest.newBuilder(URI.create(cloud.openStack().glanceUrl() + "/v2/images"))
                                .header("X-Auth-Token", cloud.token())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 201) {
            throw new IllegalStateException("Glance answered " + status);
        }
        return null;
    }

    private void writeTemplate(int megabytes) throws IOException {
        Files.writeString(directory.resolve("workspace/log-" + megabytes + ".json"), """
                {"builders": [{"type": "null", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "inline": ["yes %s | head -n %d"]}]}
                """.formatted(
                        "x".repeat(LINE - 1), megabytes * 1_000_000 / LINE));
    }
}
