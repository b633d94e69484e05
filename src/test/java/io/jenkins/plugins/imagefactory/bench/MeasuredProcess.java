package io.jenkins.plugins.imagefactory.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What GNU time tells of a process and its children.
 *
 * @param wall seconds
 * @param cpu seconds, user and system
 * @param peakMiB resident memory
 */
record MeasuredProcess(double wall, double cpu, double peakMiB) {

    static MeasuredProcess run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path report = Files.createTempFile(directory, "time", "");
        List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-f", "%e %U %S %M", "-o", report.toString()));
        timed.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(timed)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("last-command.log").toFile());
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(
                    command.get(0) + " failed: " + Files.readString(directory.resolve("last-command.log")));
        }
        String[] numbers = Files.readString(report).strip().split(" ");
        return new MeasuredProcess(
                Double.parseDouble(numbers[0]),
                Double.parseDouble(numbers[1]) + Double.parseDouble(numbers[2]),
                Double.parseDouble(numbers[3]) / 1024);
    }
}
