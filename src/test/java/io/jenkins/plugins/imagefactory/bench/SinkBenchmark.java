package io.jenkins.plugins.imagefactory.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A huge file sent to a server that takes it as fast as it comes: memory, and what the speed is bound by. */
public final class SinkBenchmark {
    private static final Path DIRECTORY = Path.of("target", "bench");
    private static final long SMALL = Long.getLong("bench.sinkBytes", 10L << 30);
    private static final long HUGE = 10 * SMALL;

    private SinkBenchmark() {}

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        String machine = Machine.now();
        Path file = DIRECTORY.resolve("sparse.raw").toAbsolutePath();
        Table table = new Table("", "GiB", "MB/s", "CPU, s per GiB", "peak memory, MiB");
        try (Sink sink = new Sink()) {
            String to = sink.address().toString();
            resize(file, SMALL);
            row(table, "Java's SHA-512 alone", SMALL, java(file.toString()));
            row(table, "glanceUpload's data, `-Xmx64m`", SMALL, java(file.toString(), to));
            row(
                    table,
                    "`curl -T`, without a digest",
                    SMALL,
                    List.of(
                            "curl",
                            "-sS",
                            "--fail",
                            "-T",
                            file.toString(),
                            "-H",
                            "Content-Type: application/octet-stream",
                            to));
            resize(file, HUGE);
            row(table, "glanceUpload's data, `-Xmx64m`", HUGE, java(file.toString(), to));
            row(table, "Java's SHA-512 alone", HUGE, java(file.toString()));
        } finally {
            Files.delete(file);
        }
        String section =
                "Sparse files, each sent once by a new process to a server that takes all; Java's have a heap of 64 MiB, all"
                        + " of which counts as used. " + machine + "\n\n" + table;
        System.out.println(section);
        Section.replace(Path.of(arguments[0]), "sink", section);
        System.exit(0);
    }

    private static void resize(Path file, long size) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
    }

    private static void row(Table table, String who, long size, List<String> command) throws Exception {
        MeasuredProcess measured = MeasuredProcess.run(DIRECTORY, Map.of(), command);
        System.out.println(who + " " + size + ": " + measured);
        table.row(
                who,
                String.valueOf(size >> 30),
                Table.number(size / 1e6 / measured.wall()),
                Table.number(measured.cpu() / size * (1 << 30)),
                Table.number(measured.peakMiB()));
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-classpath",
                System.getProperty("java.class.path"),
                SinkProcess.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
