package io.jenkins.plugins.imagefactory.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the tests leave behind on the machine: run by itself, when all other tests have ended. What they start is known by a
 * variable of its environment, or by its current directory.
 */
class MachineAsBeforeIT {
    private static final String MARK = "IMAGE_FACTORY_TESTS";
    private static final int SECONDS_TO_END = 20;

    private final String directory = System.getenv(MARK);

    @Test
    void noProcessOfTheTestsRunsOn() throws InterruptedException {
        Instant end = Instant.now().plusSeconds(SECONDS_TO_END);
        while (!processesOfTheTests().isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(200);
        }

        assertThat(processesOfTheTests()).isEmpty();
    }

    private List<String> processesOfTheTests() {
        Set<Long> here = Stream.iterate(
                        ProcessHandle.current(), process -> process.parent().orElse(null))
                .takeWhile(process -> process != null)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        return ProcessHandle.allProcesses()
                .filter(process -> !here.contains(process.pid()))
                .filter(this::isOfTheTests)
                .map(process ->
                        process.pid() + ": " + process.info().commandLine().orElse("?"))
                .toList();
    }

    /** Of a process of another user only the command line can be read. */
    private boolean isOfTheTests(ProcessHandle handle) {
        Path process = Path.of("/proc", Long.toString(handle.pid()));
        try {
            return variables(process).contains(MARK + "=" + directory)
                    || Files.readSymbolicLink(process.resolve("cwd")).startsWith(Path.of(directory));
        } catch (IOException goneOrSomebodyElses) {
            return handle.info().commandLine().orElse("").contains(directory + "/");
        }
    }

    private static List<String> variables(Path process) throws IOException {
        return List.of(
                new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1).split("\0"));
    }

    @Test
    void nothingOfTheTestsIsMounted() throws IOException {
        assertThat(Files.readAllLines(Path.of("/proc/self/mounts"))).noneMatch(mount -> mount.contains(directory));
    }
}
