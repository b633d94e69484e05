package io.jenkins.plugins.imagefactory.bench;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An {@link UploadProcess} that runs already when it is told what to do, as that of an agent does. */
final class RunningJvm implements AutoCloseable {
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    /** @param firstFile uploaded first, so that its classes are loaded */
    RunningJvm(Map<String, String> environment, Path firstFile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        process = builder.start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        run("found " + firstFile);
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-classpath",
                System.getProperty("java.class.path"),
                UploadProcess.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The peak is that of all of its life. */
    MeasuredProcess run(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new EOFException("the process that was to do '" + order + "' has ended");
        }
        String[] seconds = answer.split(" ");
        return new MeasuredProcess(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]), peakMiB());
    }

    private double peakMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        orders.close();
    }
}
