package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.image.Digests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One big image, and eight of them at once. */
record UploadBenchmark(Path directory, BenchmarkCloud cloud) {
    static final long SIZE = Long.getLong("bench.bytes", 2L << 30);
    static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int AT_ONCE = 8;
    private static final String CURL = "`curl -T`";
    private static final String CURLS = "eight `curl -T`";
    private static final List<String> SHA512 = List.of("-sha512");
    private static final List<String> BOTH = List.of("-sha512", "-sha256");

    String run() throws Exception {
        Path file = RandomFile.write(directory.resolve("disk.raw"), SIZE);
        Path small = RandomFile.write(directory.resolve("small.raw"), 1 << 20);
        List<Path> parts = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            parts.add(RandomFile.write(directory.resolve("part" + i + ".raw"), SIZE / AT_ONCE));
        }
        Map<String, List<MeasuredProcess>> single = new LinkedHashMap<>();
        Map<String, List<MeasuredProcess>> eight = new LinkedHashMap<>();
        Map<String, List<MeasuredProcess>> digests = new LinkedHashMap<>();
        Map<String, String> openrc = Map.of("OPENRC", cloud.openrc());
        String sha256 = Digests.sha256(file);
        try (RunningJvm jvm = new RunningJvm(openrc, small)) {
            for (int round = 0; round < ROUNDS; round++) {
                measure(
                        single,
                        "glanceUpload of a file that the build made",
                        () -> jvm.run("built " + sha256 + " " + file));
                measure(single, "glanceUpload of another file", () -> jvm.run("found " + file));
                measure(
                        single,
                        "the first as a process of its own",
                        () -> process(openrc, RunningJvm.command("built", sha256, file.toString())));
                measure(single, CURL, curl(List.of(file)));
                measure(single, "the same beside `openssl dgst -sha512` of the file", curl(List.of(file), SHA512));
                measure(
                        single,
                        "`openstack image create --file`",
                        () -> process(
                                cloud.environment(),
                                List.of(
                                        "openstack",
                                        "image",
                                        "create",
                                        "--file",
                                        file.toString(),
                                        "--disk-format",
                                        "raw",
                                        "bench")));
                measure(single, "`glance image-create --file`", () -> process(cloud.environment(), glance(file)));
                measure(digests, "SHA512", () -> jvm.run("digest SHA512 " + file));
                measure(digests, "SHA256", () -> jvm.run("digest SHA256 " + file));
                measure(eight, "eight glanceUpload, one agent", () -> jvm.run("together " + joined(parts)));
                measure(eight, CURLS, curl(parts));
                measure(
                        eight,
                        "the same beside `openssl dgst` of the files, SHA-512 and SHA-256 at once",
                        curl(parts, BOTH));
            }
        }
        return "Upload of " + (SIZE >> 20) + " MiB of random bytes, medians of " + ROUNDS
                + "; glanceUpload with `-Xmx64m` in a JVM that runs already, as an agent's does, its login, creation, "
                + "verification and naming included; the others verify nothing, and of curl the upload alone is measured:\n\n"
                + table(single, CURL) + "\nJava's SHA-512 of the file takes " + cpu(digests, "SHA512")
                + " s of that CPU, its SHA-256 " + cpu(digests, "SHA256") + " s.\n\nEight images of "
                + (SIZE / AT_ONCE >> 20) + " MiB at once:\n\n" + table(eight, CURLS);
    }

    static List<String> glance(Path file) {
        return List.of(
                "glance",
                "image-create",
                "--name",
                "bench",
                "--disk-format",
                "raw",
                "--container-format",
                "bare",
                "--file",
                file.toString());
    }

    private static String joined(List<Path> files) {
        return String.join(" ", paths(files));
    }

    private static List<String> paths(List<Path> files) {
        return files.stream().map(Path::toString).toList();
    }

    private static String cpu(Map<String, List<MeasuredProcess>> runs, String who) {
        return Table.number(
                Table.median(runs.get(who).stream().map(MeasuredProcess::cpu).toList()));
    }

    @FunctionalInterface
    private interface Work {
        MeasuredProcess run() throws IOException, InterruptedException;
    }

    private MeasuredProcess process(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        return MeasuredProcess.run(directory, environment, command);
    }

    private void measure(Map<String, List<MeasuredProcess>> runs, String who, Work work) throws Exception {
        MeasuredProcess measured = work.run();
        System.out.println(who + ": " + measured);
        runs.computeIfAbsent(who, name -> new ArrayList<>()).add(measured);
        cloud.deleteAll();
    }

    private static Table table(Map<String, List<MeasuredProcess>> runs, String yardstick) {
        double unit = Table.median(
                runs.get(yardstick).stream().map(MeasuredProcess::wall).toList());
        Table table = new Table("", "wall, s", "of curl", "client CPU, s", "peak memory, MiB");
        runs.forEach((who, measured) -> {
            double wall =
                    Table.median(measured.stream().map(MeasuredProcess::wall).toList());
            table.row(
                    who,
                    Table.number(wall),
                    Table.number(wall / unit),
                    Table.number(Table.median(
                            measured.stream().map(MeasuredProcess::cpu).toList())),
                    Table.number(Table.median(
                            measured.stream().map(MeasuredProcess::peakMiB).toList())));
        });
        return table;
    }

    private Work curl(List<Path> files) throws IOException, InterruptedException {
        return curl(files, List.of());
    }

    /** @param digests which OpenSSL computes of the files in the meantime, so that the cost of any proof is seen */
    private Work curl(List<Path> files, List<String> digests) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (String digest : digests) {
            script.append("openssl dgst ").append(digest).append(' ').append(String.join(" ", paths(files)));
            script.append(" >/dev/null &\n");
        }
        for (Path file : files) {
            script.append("curl -sS --fail -T ").append(file).append(" -H \"X-Auth-Token: $TOKEN\"");
            script.append(" -H 'Content-Type: application/octet-stream' ");
            script.append(cloud.newImage()).append("/file").append(files.size() > 1 ? " &\n" : "\n");
        }
        String command = script + "wait";
        return () -> process(Map.of("TOKEN", cloud.token()), List.of("bash", "-ec", command));
    }
}
