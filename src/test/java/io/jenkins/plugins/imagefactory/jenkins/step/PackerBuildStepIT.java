package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.LocalStepContext;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** packerBuild with the real Packer. */
class PackerBuildStepIT {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private LocalBuild build;

    @BeforeEach
    void prepareABuild() throws IOException {
        build = LocalBuild.in(directory.resolve("work späce"), directory.resolve("archive"), console, (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
    }

    private String run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
        return console();
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private void template(String name, String... commands) throws IOException {
        StringBuilder inline = new StringBuilder();
        for (String command : commands) {
            inline.append(inline.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(command.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        Files.createDirectories(build.workspace().resolve(name).getParent());
        Files.writeString(
                build.workspace().resolve(name),
                "{\"builders\": [{\"type\": \"null\", \"communicator\": \"none\"}], \"provisioners\": [{\"type\": \"shell-local\", \"inline\": ["
                        + inline + "]}]}");
    }

    private String log() throws IOException {
        return Files.readString(build.workspace().resolve("packer.latest.log"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theConsoleIsWhatATerminalShows() throws Exception {
        template(
                "t/a b.json",
                "echo 'with, commas and 100 %'",
                "printf '10 %%\\r55 %%\\r100 %%\\n'",
                "head -c 100000 /dev/zero | tr '\\0' x; echo",
                "printf 'not UTF-8: \\374\\n'");
        run("packerBuild 't/a b.json'");
        Process terminal = new ProcessBuilder("packer", "build", "-color=false", "t/a b.json")
                .directory(build.workspace().toFile())
                .redirectErrorStream(true)
                .start();
        List<String> expected = lines(terminal.getInputStream().readAllBytes());

        assertThat(lines(console.toByteArray())).containsSequence(expected);
        assertThat(log()).contains("with, commas and 100 %", "not UTF-8: \u00fc");
    }

    /** Without what differs from run to run; of what overwrites itself the last state. */
    private static List<String> lines(byte[] output) {
        return new String(output, StandardCharsets.ISO_8859_1)
                .lines()
                .flatMap(String::lines)
                .map(line -> line.replaceAll("packer-shell\\d+", "packer-shell")
                        .replaceAll("(finished|completed) after .*", "$1"))
                .toList();
    }

    @Test
    void aPackerThatIsSilentForTooLongIsStoppedAndCleansUp() throws IOException {
        template("slow-of-the-step.json", "echo started", "sleep 60");

        assertThatThrownBy(
                        () -> run("packerBuild template: 'slow-of-the-step.json', silenceTimeout: 2, abortGrace: 20"))
                .hasMessageContaining("Packer was stopped because it had printed nothing for 2 s");
        assertThat(console())
                .contains("Cancelling build after receiving interrupt")
                .doesNotContain("was killed");
        assertThat(running("slow-of-the-step.json")).isFalse();
    }

    @Test
    void anAbortGivesPackerTimeToCleanUp() throws Exception {
        template("slow-of-the-step.json", "echo started", "sleep 60");
        LocalStepContext context =
                new LocalStepContext(build, new FilePath(build.workspace().toFile()), new EnvVars(System.getenv()));
        StepExecution execution = new PackerBuildStep("slow-of-the-step.json").start(context);
        execution.start();
        while (!console().contains("null: started")) {
            Thread.sleep(50);
        }

        execution.stop(new InterruptedException("aborted"));

        assertThatThrownBy(() -> context.end().get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("aborted");
        assertThat(console()).contains("Cancelling build after receiving interrupt");
        assertThat(running("slow-of-the-step.json")).isFalse();
    }

    @Test
    void aPackerThatDoesNotEndIsKilledWithAllItsProcesses() throws Exception {
        template("deaf.json", "trap '' INT TERM; sleep 45 & echo started; wait");

        assertThatThrownBy(() -> run("packerBuild template: 'deaf.json', silenceTimeout: 2, abortGrace: 1"))
                .hasMessageContaining("printed nothing for 2 s");
        assertThat(console()).contains("Packer did not end and was killed");
        assertThat(running("deaf.json")).isFalse();
    }

    private static boolean running(String template) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.anyMatch(
                    process -> process.info().commandLine().orElse("").contains("packer build")
                            && process.info().commandLine().orElse("").contains(template));
        }
    }

    @Test
    void theDebugLogIsAFileOfItsOwn() throws IOException {
        template("debug.json", "echo hello");

        String console = run("echo packerBuild(template: 'debug.json', debugLog: true, logDir: 'logs').logFile");

        assertThat(console).doesNotContain("[DEBUG]").containsPattern("logs/debug-\\d{8}-\\d{6}\\.log");
        try (Stream<Path> logs = Files.list(build.artifacts().resolve("logs"))) {
            assertThat(logs.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .anyMatch(name -> name.endsWith(".debug.log"));
        }
    }

    @Test
    void oneBuildThatFailsDoesNotLoseTheImagesOfTheOthers() throws IOException {
        Files.writeString(
                build.workspace().resolve("two.json"),
                "{\"builders\": [{\"type\": \"file\", \"name\": \"good\", \"content\": \"raw disk\", \"target\": \"good.img\"}, {\"type\": \"null\", \"name\": \"bad\", \"communicator\": \"none\"}], \"provisioners\": [{\"type\": \"shell-local\", \"only\": [\"bad\"], \"inline\": [\"sleep 1; exit 3\"]}]}");

        assertThatThrownBy(() -> run("packerBuild 'two.json'")).hasMessageContaining("Packer could not build 'bad'");
        assertThat(build.artifacts().resolve("good.img")).hasContent("raw disk");
        assertThat(build.artifacts().resolve("SHA256SUM")).isRegularFile();
    }

    @Test
    void aHintStandsUnderAFailureThatHasAKnownWayOut() throws IOException {
        Files.createDirectories(build.workspace().resolve("out"));
        Files.writeString(
                build.workspace().resolve("qemu.json"),
                "{\"builders\": [{\"type\": \"qemu\", \"iso_url\": \"none.qcow2\", \"iso_checksum\": \"none\", \"output_directory\": \"out\", \"communicator\": \"none\", \"headless\": true}]}");

        assertThatThrownBy(() -> run("packerBuild template: 'qemu.json', validate: false"))
                .hasMessageContaining("template 'qemu.json'");
        assertThat(console()).contains("[packer] Hint: an earlier build left the output directory");
    }

    @Test
    void anUnknownReactionToErrorsIsRefused() throws IOException {
        template("x.json", "true");

        assertThatThrownBy(() -> run("packerBuild template: 'x.json', onError: 'ignore'"))
                .hasMessageContaining(
                        "onError is 'ignore', but must be one of [cleanup, abort, run-cleanup-provisioner]");
    }
}
