package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.inspection.ImageInspection;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** diskImageBuild with Debian's diskimage-builder. */
@Timeout(600)
@ResourceLock(DiskImageBuilder.MOUNTS)
class DiskImageBuildStepIT {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private LocalBuild build;

    @BeforeEach
    void prepareABuild() throws IOException {
        build = buildIn("workspace");
    }

    @AfterEach
    void nothingIsLeftMountedOrBesideTheWorkspace() throws IOException {
        assertThat(DiskImageBuilder.mounts()).isEmpty();
        try (Stream<Path> left = Files.list(Files.createDirectories(directory.resolve("workspace@tmp")))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anImageOfElementsIsBuiltLoggedAndArchived() throws Exception {
        assumeTrue(DiskImageBuilder.canMount(), "disk-image-create mounts, and this machine does not let it");
        run("""
                2.times {
                    def built = diskImageBuild(elements: ['tiny-root'], elementsPath: ['elements'], options: ['-n'],
                        release: 'bookworm', types: ['qcow2', 'tgz'], size: 1, output: 'out/tiny',
                        env: [TINY_BUSYBOX: '%s'])
                    echo "image ${built.image} files ${built.files} log ${built.logFile} of ${built.dibVersion}"
                    echo "builder ${built.images[0].builder} ${built.images[0].format} ${built.images[0].virtualSize}"
                }
                """.formatted(DiskImageBuilder.busybox()));

        Path image = workspace("out/tiny.qcow2");
        assertThat(console())
                .contains(
                        "[dib] diskimage-builder 3.",
                        "image out/tiny.qcow2 files [out/tiny.qcow2, out/tiny.tgz] log dib-logs/tiny-")
                .contains("builder disk-image-create qcow2 1073741824");
        assertThat(ImageInspection.of(image).format()).isEqualTo(DiskFormat.QCOW2);
        output("qemu-img", "check", image);
        assertThat(output("tar", "-xzOf", workspace("out/tiny.tgz"), "./etc/release"))
                .isEqualTo("release bookworm\n");
        try (Stream<Path> files = Files.list(workspace("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("an older image is replaced")
                    .containsExactlyInAnyOrder("tiny.qcow2", "tiny.tgz", "SHA256SUM");
        }
        assertThat(build.artifacts().resolve("out/tiny.qcow2")).hasSameBinaryContentAs(image);
        assertThat(build.artifacts().resolve("out/SHA256SUM")).hasContent(Digests.sha256(image) + "  tiny.qcow2");
        assertThat(Files.readAllLines(build.artifacts().resolve("dib.latest.log")))
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z.*"))
                .anyMatch(line -> line.contains("tiny-root"));
    }

    @Test
    void anElementThatFailsEndsInOneSentenceWithItsLogArchived() throws Exception {
        assumeTrue(DiskImageBuilder.canMount(), "disk-image-create mounts, and this machine does not let it");
        assertThatThrownBy(() -> run("""
                        diskImageBuild elements: ['tiny-root', 'failing'], elementsPath: ['elements'], options: ['-n'],
                            release: 'x', env: [TINY_BUSYBOX: '%s']
                        """.formatted(DiskImageBuilder.busybox())))
                .hasMessageMatching("disk-image-create ended with exit code \\d+ on elements tiny-root, failing:"
                        + " its reasons stand above and in dib-logs/image-\\d{8}-\\d{6}.log");

        assertThat(build.artifacts().resolve("dib.latest.log")).content().contains("this element fails");
        assertThat(workspace("image.qcow2")).doesNotExist();
    }

    /** Which the program makes of an option that it passes on to qemu-img. */
    @Test
    void anImageThatNeedsAnotherFileIsRefused() throws Exception {
        assumeTrue(DiskImageBuilder.canMount(), "disk-image-create mounts, and this machine does not let it");
        Path other = directory.resolve("other.raw");

        assertThatThrownBy(() -> run("""
                        diskImageBuild elements: ['tiny-root'], elementsPath: ['elements'], release: 'x', size: 1,
                            options: ['-n', '-u', '--qemu-img-options', 'data_file=%s'], env: [TINY_BUSYBOX: '%s']
                        """.formatted(other, DiskImageBuilder.busybox())))
                .hasMessageStartingWith("image.qcow2 needs the external data file '" + other + "'")
                .hasMessageContaining("qemu-img convert");

        assertThat(other).exists();
        assertThat(build.artifacts().resolve("image.qcow2")).doesNotExist();
    }

    @Test
    void anAbortLetsItUnmountWhatItHasMounted() throws Exception {
        assumeTrue(DiskImageBuilder.canMount(), "disk-image-create mounts, and this machine does not let it");
        DiskImageBuildStep step = new DiskImageBuildStep(List.of("tiny-root", "waiting"));
        step.setElementsPath(List.of("elements"));
        step.setOptions(List.of("-n"));
        step.setRelease("x");
        step.setEnv(Map.of("TINY_BUSYBOX", DiskImageBuilder.busybox()));
        LocalStepContext context =
                new LocalStepContext(build, new FilePath(build.workspace().toFile()), new EnvVars(System.getenv()));
        StepExecution execution = step.start(context);
        execution.start();
        while (!console().contains("the element is waiting")) {
            assertThat(context.end()).isNotDone();
            Thread.sleep(50);
        }
        assertThat(DiskImageBuilder.mounts()).isNotEmpty();

        execution.stop(new InterruptedException("aborted"));

        assertThatThrownBy(() -> context.end().get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("aborted");
        assertThat(console())
                .contains("Ending disk-image-create, since the build was aborted")
                .doesNotContain("Killing");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains("50-waiting"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "elements: []|diskImageBuild needs 'elements': what to build of",
                "elements: ['--help']|elements: '--help' is no element's name",
                "elements: ['vm'], elementsPath: ['nowhere']|elementsPath: there is no directory 'nowhere' in ",
            })
    void whatCannotBeBuiltIsSaidInOneSentence(String arguments, String message) {
        assertThatThrownBy(() -> run("diskImageBuild " + arguments)).hasMessageContaining(message);
    }

    @Test
    void aWorkspaceWithASpaceIsRefused() throws Exception {
        build = buildIn("work space");

        assertThatThrownBy(() -> run("diskImageBuild(['vm'])"))
                .hasMessageContaining("does not work where a path has a space")
                .hasMessageContaining("ws(");
    }

    @Test
    void aNodeWithoutDiskimageBuilderIsNamed() {
        assertThatThrownBy(() -> run("withEnv(['PATH=/nowhere']) { diskImageBuild(['vm']) }"))
                .hasMessage(
                        "diskimage-builder is not installed on the agent: there is no 'disk-image-create' on its PATH"
                                + " /nowhere");
    }

    private LocalBuild buildIn(String workspace) throws IOException {
        LocalBuild made =
                LocalBuild.in(directory.resolve(workspace), directory.resolve("archive"), console, (run, choice) -> {
                    throw new AssertionError("no cloud is needed");
                });
        DiskImageBuilder.copyElementsTo(made.workspace().resolve("elements"));
        return made;
    }

    private static String output(Object... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.of(command).map(Object::toString).toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Path workspace(String name) {
        return build.workspace().resolve(name);
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
