package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.images.Qcow2File;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.LocalStepContext;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.PipelineFailure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real QEMU, without KVM, boots the base disk as a Jenkinsfile says. */
class ImageBootStepIT {
    private static final String READY = "image-factory: ready";

    @TempDir
    Path directory;

    private LocalBuild build;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @BeforeEach
    void putTheDiskIntoTheWorkspace() throws IOException {
        build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
        Files.createDirectories(build.workspace().resolve("out"));
        Files.copy(BaseDisk.path(), disk());
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(processesOfThisTest()).isEmpty();
        Path temporary = directory.resolve("workspace@tmp");
        if (Files.exists(temporary)) {
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void seesTheLineAndKeepsConsoleScreenAndReport() throws Exception {
        String before = Digests.sha256(disk());
        var modified = Files.getLastModifiedTime(disk());

        run("""
                def boot = imageBoot file: 'out/*.qcow2', expect: 'image-factory: rea[d]y', memory: 256, accelerator: 'tcg'
                echo "booted ${boot.booted} in ${boot.millis > 0}: ${boot.console} ${boot.screenshot} ${boot.report}"
                """);

        String name = "image-boot/out-disk.qcow2";
        assertThat(console())
                .contains("booted true in true: " + name + ".console.txt " + name + ".png " + name + ".xml")
                .contains("[guest] " + READY);
        assertThat(archived("out-disk.qcow2.console.txt"))
                .content()
                .contains(READY)
                .doesNotContain("\u001b");
        assertThat(archived("out-disk.qcow2.xml"))
                .content()
                .contains("tests=\"1\" failures=\"0\"", "the serial console shows 'image-factory: rea[d]y'");
        BufferedImage screen = ImageIO.read(archived("out-disk.qcow2.png").toFile());
        assertThat(screen.getWidth()).isBetween(640, 800);
        assertThat(Digests.sha256(disk())).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(disk())).isEqualTo(modified);
    }

    @Test
    void aScriptPassesOverSshWithAKeyOfWhichTheSeedTells() throws IOException {
        run("""
                imageBoot file: 'out/disk.qcow2', sshUser: 'root', memory: 256, accelerator: 'tcg',
                    userData: '#!/bin/sh\\necho "the seed says hello" >/run/greeting',
                    script: '''#!/bin/busybox sh
                        cat /run/greeting
                        echo "I am $(id -un), and this is \\$HOME" > /it-is-mine && cat /it-is-mine'''
                """);

        assertThat(console()).contains("the seed says hello", "I am root, and this is /root");
        assertThat(archived("out-disk.qcow2.xml"))
                .content()
                .contains("tests=\"2\" failures=\"0\"", "'root' logs in over SSH", "the script passes");
    }

    @Test
    void aScriptThatFailsFailsTheStep() {
        assertThat(
                        failure(
                                "imageBoot file: 'out/disk.qcow2', sshUser: 'root', memory: 256, accelerator: 'tcg', script: 'echo oh no; exit 3'"))
                .isEqualTo(disk() + ": the script failed with exit code 3: its output stands above");
        assertThat(console()).contains("oh no");
        assertThat(archived("out-disk.qcow2.xml"))
                .content()
                .contains("failures=\"1\"", "<failure message=\"" + disk() + ": the script failed");
    }

    @Test
    void anImageThatPanicsIsCaughtAtOnce() throws Exception {
        breakTheRootFileSystem();

        assertThat(failure("imageBoot file: 'out/disk.raw', expect: 'ready', memory: 256, accelerator: 'tcg'"))
                .startsWith(build.workspace().resolve("out/disk.raw")
                        + " does not boot: its kernel panicked ('Kernel panic - not syncing: ");
        assertThat(archived("out-disk.raw.console.txt")).content().contains("Kernel panic");
    }

    @Test
    void anImageThatNeverPrintsTheLineIsGivenUp() {
        assertThat(
                        failure(
                                "imageBoot file: 'out/disk.qcow2', expect: 'something else', timeout: 12, memory: 256, accelerator: 'tcg'"))
                .isEqualTo(disk() + ": no line on its serial console matched 'something else' within 12 s (timeout)");
        assertThat(archived("out-disk.qcow2.console.txt")).isNotEmptyFile();
        assertThat(archived("out-disk.qcow2.png")).exists();
        assertThat(archived("out-disk.qcow2.xml")).content().contains("failures=\"1\"");
    }

    @Test
    void aGuestThatSwitchesItselfOffIsNotWaitedFor() {
        assertThat(failure("""
                imageBoot file: 'out/disk.qcow2', expect: 'never', userData: '#!/bin/sh\\npoweroff -f', memory: 256,
                    accelerator: 'tcg'
                """))
                .isEqualTo(disk()
                        + ": no line on its serial console matched 'never', and the guest has switched itself off");
    }

    @Test
    void whatQemuRefusesIsSaidInItsWords() throws IOException {
        byte[] withReferencesOf128Bits =
                new Qcow2File().with(96, new byte[] {0, 0, 0, 7}).bytes();
        Files.write(build.workspace().resolve("out/broken.qcow2"), withReferencesOf128Bits);

        assertThat(failure("imageBoot file: 'out/broken.qcow2', accelerator: 'tcg'"))
                .startsWith("QEMU ended with exit code 1 on ")
                .contains("out/broken.qcow2", "Reference count entry width too large");
    }

    @Test
    void anAbortEndsQemuAndKeepsTheConsole() throws Exception {
        ImageBootStep step = new ImageBootStep("out/disk.qcow2");
        step.setExpect("never");
        step.setAccelerator("tcg");
        LocalStepContext context =
                new LocalStepContext(build, new FilePath(build.workspace().toFile()), new EnvVars(System.getenv()));
        StepExecution execution = step.start(context);
        execution.start();
        awaitConsole("[guest] " + READY);
        assertThat(processesOfThisTest()).isNotEmpty();

        execution.stop(new InterruptedException("aborted by a person"));

        assertThat(context.end().handle((result, failure) -> failure).get(5, TimeUnit.MINUTES))
                .hasMessage("aborted by a person");
        assertThat(processesOfThisTest()).isEmpty();
        assertThat(archived("out-disk.qcow2.console.txt")).content().contains(READY);
        assertThat(archived("out-disk.qcow2.xml")).content().contains("the build was aborted");
    }

    @Test
    void kvmThatRunsNoGuestIsReplacedByEmulation() {
        run("imageBoot file: 'out/disk.qcow2', expect: 'ready', memory: 256");

        assertThat(console()).contains("[guest] " + READY);
    }

    @Test
    void aScriptNeedsAUser() {
        assertThat(failure("imageBoot file: 'out/disk.qcow2', script: 'true'"))
                .isEqualTo("imageBoot runs 'script' over SSH, so it needs sshUser or sshCredentialsId");
    }

    @Test
    void anExpressionThatIsNoneIsNamed() {
        assertThat(failure("imageBoot file: 'out/disk.qcow2', expect: '(login'"))
                .isEqualTo("expect: '(login' is no regular expression: Unclosed group");
    }

    @Test
    void aNodeWithoutQemuIsNamed() {
        assertThat(failure("withEnv(['PATH=/nowhere']) { imageBoot 'out/disk.qcow2' }"))
                .isEqualTo("QEMU is not installed on the agent: there is no 'qemu-system-x86_64' on its PATH /nowhere"
                        + " (Debian has it in qemu-system-x86)");
    }

    @Test
    void aGuestThatWritesWithoutEndIsEnded() throws IOException {
        Path qemu = Files.createDirectories(directory.resolve("bin")).resolve("qemu-system-x86_64");
        Files.writeString(qemu, """
                #!/bin/bash
                while [[ $1 != -serial ]]; do shift; done
                yes "$(printf '%1000s')" | head -c 100000000 >"${2#file:}"
                sleep 600
                """);
        Files.setPosixFilePermissions(qemu, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(failure("withEnv(['PATH=" + qemu.getParent() + ":/usr/bin:/bin'])"
                        + " { imageBoot file: 'out/disk.qcow2', expect: 'never', accelerator: 'tcg' }"))
                .endsWith("disk.qcow2 writes to its serial console without end, and nothing of it is awaited");
        assertThat(Files.size(archived("out-disk.qcow2.console.txt"))).isBetween(16L << 20, (16L << 20) + 1);
    }

    private void breakTheRootFileSystem() throws IOException, InterruptedException {
        Path raw = build.workspace().resolve("out/disk.raw");
        assertThat(new ProcessBuilder("qemu-img", "convert", "-O", "raw", disk().toString(), raw.toString())
                        .start()
                        .waitFor())
                .isZero();
        try (var channel = Files.newByteChannel(raw, java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(26L << 20).position((26L << 20) - 1).write(java.nio.ByteBuffer.allocate(1));
            channel.position((64L << 20) - 1).write(java.nio.ByteBuffer.allocate(1));
        }
    }

    private void awaitConsole(String text) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(5));
        while (!console().contains(text)) {
            assertThat(Instant.now()).as(console()).isBefore(end);
            Thread.sleep(100);
        }
    }

    private List<String> processesOfThisTest() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(ImageBootStepIT::commandLine)
                    .filter(line -> line.contains(directory.toString()) && !line.contains("defunct"))
                    .toList();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private String failure(String jenkinsfile) {
        PipelineFailure failure = catchThrowableOfType(PipelineFailure.class, () -> run(jenkinsfile));
        assertThat(failure).as("the Pipeline fails").isNotNull();
        assertThat(failure.getCause()).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain("Exception");
        return failure.getMessage();
    }

    private void run(String jenkinsfile) {
        try {
            Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), jenkinsfile), build, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path disk() {
        return build.workspace().resolve("out/disk.qcow2");
    }

    private Path archived(String name) {
        return directory.resolve("archive/image-boot").resolve(name);
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
