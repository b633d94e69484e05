package io.jenkins.plugins.imagefactory.bench;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A huge file sent to a server that takes it as fast as it comes: memory, and what the speed is bound by. */
public final class SinkBenchmark {
    private static final Path DIRECTORY = Path.of("target", "bench");
    private static final long SIZE = Long.getLong("bench.sinkBytes", 8L << 30);

    private SinkBenchmark() {}

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        Path file = DIRECTORY.resolve("sparse.raw");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(SIZE);
        }
        Table table = new Table("", "MB/s", "CPU, s", "peak memory, MiB");
        try (Sink sink = new Sink()) {
            row(
                    table,
                    "glanceUpload's data, with three digests, `-Xmx64m`",
                    java(file.toString(), sink.address().toString()));
            row(table, "the three digests alone", java(file.toString()));
            row(
                    table,
                    "`curl -T`, without digests",
                    List.of(
                            "curl",
                            "-sS",
                            "--fail",
                            "-T",
                            file.toString(),
                            "-H",
                            "Content-Type: application/octet-stream",
                            sink.address().toString()));
        } finally {
            Files.delete(file);
        }
        String section = "A sparse file of " + (SIZE >> 30) + " GiB, one run:\n\n" + table;
        System.out.println(section);
        Section.replace(Path.of(arguments[0]), "sink", section);
    }

    private static void row(Table table, String who, List<String> command) throws Exception {
        MeasuredProcess measured = MeasuredProcess.run(DIRECTORY, Map.of(), command);
        table.row(
                who,
                Table.number(SIZE / 1e6 / measured.wall()),
                Table.number(measured.cpu()),
                Table.number(measured.peakMiB()));
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-classpath",
                System.getProperty("java.class.path"),
                SinkProcess.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
