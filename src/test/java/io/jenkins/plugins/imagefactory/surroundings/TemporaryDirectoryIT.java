package io.jenkins.plugins.imagefactory.surroundings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.SmallDisk;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.LocalStepContext;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The directory beside the workspace, in which steps have what only the agent's user may read, is full, or goes away. */
@Timeout(300)
@ExtendWith(OpenStackExtension.class)
@ResourceLock(DiskImageBuilder.MOUNTS)
class TemporaryDirectoryIT {
    private static final String GONE = "rm -r \\\"$PWD@tmp\\\"";
    private static final String FULL = "the disk of the agent is full";
    /** In seconds; by it the processes of this run are known. */
    private static final int LONG_TIME = ThreadLocalRandom.current().nextInt(1_000_000, 1_000_000_000);

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final TestClouds clouds;

    @TempDir
    Path directory;

    private LocalBuild build;

    TemporaryDirectoryIT(OpenStack cloud) {
        clouds = new TestClouds(cloud, User.BUILDER);
    }

    @BeforeEach
    void prepareABuild() throws IOException {
        build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        clouds.close();
        Path beside = directory.resolve("workspace@tmp");
        if (Files.exists(beside)) {
            assertThat(beside).isEmptyDirectory();
        }
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains("sleep " + LONG_TIME));
    }

    @Test
    void packerEndsWithItsImageThoughItIsGone() throws IOException {
        packer(GONE, "echo image > disk.img", "echo made");

        run("def built = packerBuild(template: 't.json', images: 'disk.img')\necho \"images ${built.images.size()}\"");

        assertThat(console()).contains("null: made", "images 1");
    }

    @Test
    void anAbortEndsPackerThoughItIsGone() throws Exception {
        packer(GONE, "echo started", "sleep " + LONG_TIME);
        PackerBuildStep step = new PackerBuildStep("t.json");
        LocalStepContext context =
                new LocalStepContext(build, new FilePath(build.workspace().toFile()), new EnvVars(System.getenv()));
        StepExecution execution = step.start(context);
        execution.start();
        while (!console().contains("null: started")) {
            assertThat(context.end()).isNotDone();
            Thread.sleep(50);
        }

        execution.stop(new InterruptedException("aborted"));

        assertThatThrownBy(() -> context.end().get(60, TimeUnit.SECONDS)).hasRootCauseMessage("aborted");
        assertThat(console())
                .contains("Ending Packer, since the build was aborted")
                .doesNotContain("Killing", "terminating it");
    }

    @Test
    void aBlockEndsThoughItsFilesAreGone() throws IOException {
        run("withOpenStack(clouds: true) { sh 'rm -r \"$WORKSPACE@tmp\"; echo in the block' }\necho 'after it'");

        assertThat(console()).contains("in the block", "after it");
    }

    @Test
    void aGuestIsEndedThoughItIsGone() throws Exception {
        Files.write(build.workspace().resolve("disk.raw"), new byte[1 << 20]);
        Thread cleaner = new Thread(this::removeOnceSomethingIsThere);
        cleaner.setDaemon(true);
        cleaner.start();

        assertThatThrownBy(() ->
                        run("imageBoot file: 'disk.raw', expect: 'x', accelerator: 'tcg', memory: 64, timeout: 10"))
                .isInstanceOf(RuntimeException.class);
        cleaner.join();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains("qemu-system") && command.contains(directory.toString()));
    }

    private void removeOnceSomethingIsThere() {
        try {
            while (!Files.exists(directory.resolve("workspace@tmp"))) {
                Thread.sleep(20);
            }
            Thread.sleep(2000);
            new ProcessBuilder("rm", "-r", directory.resolve("workspace@tmp").toString())
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFullOneIsToldByEveryStepThatWritesThere() throws Exception {
        Files.write(build.workspace().resolve("disk.raw"), new byte[4096]);
        packer("echo never");
        Files.createDirectories(directory.resolve("workspace@tmp"));
        try (SmallDisk disk = SmallDisk.at(directory.resolve("workspace@tmp"))) {
            disk.fill();
            for (String script : new String[] {
                "packerBuild template: 't.json', validate: false",
                "withOpenStack(clouds: true) { sh 'echo never' }",
                "imageBoot file: 'disk.raw', expect: 'x', userData: '#cloud-config', timeout: 20"
            }) {
                assertThat(catchThrowable(() -> run(script)))
                        .as(script)
                        .hasMessageContainingAll(FULL, "make room there");
            }
            disk.free();
        }
        assertThat(console()).doesNotContain("null: never", "\nnever");
    }

    private void packer(String... commands) throws IOException {
        Files.writeString(build.workspace().resolve("t.json"), """
                {"builders": [{"type": "null", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "inline": ["%s"]}]}
                """.formatted(String.join("\", \"", commands)));
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
