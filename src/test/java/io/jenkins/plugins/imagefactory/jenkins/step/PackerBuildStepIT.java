package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.run.FinishedPackerBuild;
import io.jenkins.plugins.imagefactory.jenkins.run.FinishedPackerRun;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFile;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.LocalStepContext;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** packerBuild with Debian's Packer; a script stands in for versions that Debian does not have. */
@Timeout(600)
class PackerBuildStepIT {
    /** In seconds; by it the processes of this run are known. */
    private static final int LONG_TIME = ThreadLocalRandom.current().nextInt(1_000_000, 1_000_000_000);

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private LocalBuild build;

    @BeforeEach
    void prepareABuild() throws IOException {
        build = LocalBuild.in(directory.resolve("work späce"), directory.resolve("archive"), console, (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
    }

    @AfterEach
    void nothingIsLeftBesideTheWorkspace() throws IOException {
        try (Stream<Path> left = Files.list(Files.createDirectories(directory.resolve("work späce@tmp")))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theConsoleIsWhatATerminalShows() throws Exception {
        template(
                "a b.json",
                "echo 'with, commas and 100 %'",
                "printf '10 %%\\r55 %%\\r100 %%\\n'",
                "printf '\\033[31mred\\033[0m\\n'",
                "echo 'on standard error' >&2",
                "printf 'last without end'");
        run("packerBuild template: 'a b.json', validate: false");
        List<String> shown = withoutWhatDiffers(console());
        Process terminal = new ProcessBuilder("script", "-qec", "packer build -color=false 'a b.json'", "/dev/null")
                .directory(build.workspace().toFile())
                .redirectErrorStream(true)
                .start();
        terminal.getOutputStream().close();
        List<String> expected =
                withoutWhatDiffers(new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8));

        assertThat(expected).contains("    null: with, commas and 100 %", "    null: 100 %");
        assertThat(shown.stream().filter(line -> !line.startsWith("[packer]")).sorted())
                .containsExactlyElementsOf(expected.stream().sorted().toList());
    }

    @Test
    void theLogHasTheLinesOfTheConsoleEachWithItsTime() throws Exception {
        template("note.json", "echo hello", "printf 'not UTF-8: \\374\\n'");

        run("packerBuild 'note.json'");

        assertThat(latestLog())
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z.*"))
                .anyMatch(line -> line.endsWith("Z     null: hello"))
                .anyMatch(line -> line.endsWith("null: not UTF-8: \u00fc"));
        try (Stream<Path> logs = Files.list(build.artifacts().resolve("packer-logs"))) {
            assertThat(logs).singleElement().satisfies(log -> {
                assertThat(log.getFileName().toString()).matches("note-\\d{8}-\\d{6}\\.log");
                assertThat(log).hasSameBinaryContentAs(build.artifacts().resolve("packer.latest.log"));
            });
        }
    }

    @Test
    void tenMegabytesWithoutALineEndPassThrough() throws Exception {
        template("big.json", "head -c 10000000 /dev/zero | tr '\\0' x; echo");

        run("packerBuild template: 'big.json', validate: false");

        assertThat(console()).contains("x".repeat(10_000_000) + "\nBuild 'null' finished after ");
        assertThat(latestLog()).anyMatch(line -> line.endsWith("x".repeat(10_000_000)));
    }

    @Test
    void hcl2InADirectoryWithSpacesAndUmlautsTakesVariableFilesInOrder() throws IOException {
        write("täst dir/web.pkr.hcl", """
                variable "a" { default = "default" }
                variable "b" { default = "default" }
                variable "c" { default = "default" }
                source "null" "one" { communicator = "none" }
                source "null" "two" { communicator = "none" }
                build {
                  name    = "img"
                  sources = ["source.null.one", "source.null.two"]
                  provisioner "shell-local" { inline = ["echo '${var.a} ${var.b} ${var.c}'"] }
                }
                """);
        write("first.json", "{\"a\": \"first\", \"b\": \"first\", \"c\": \"first\"}");
        write("second.json", "{\"b\": \"second\", \"c\": \"second\"}");

        run("""
                def built = packerBuild template: 'täst dir', varFiles: ['first.json', 'second.json'],
                    vars: [c: 'it costs $5'], only: ['img.null.one']
                echo "built ${built.builds*.name}"
                """);

        assertThat(console()).contains("img.null.one: first second it costs $5", "built [img.null.one]");
    }

    @Test
    void whatIsExceptedIsLeftOut() throws IOException {
        write("two.json", """
                {"builders": [{"type": "null", "name": "one", "communicator": "none"},
                              {"type": "null", "name": "two", "communicator": "none"}]}
                """);

        run(
                "echo \"built ${packerBuild(template: 'two.json', except: ['one'], parallelBuilds: 1, timestampUi: true).builds*.name}\"");

        assertThat(console())
                .contains("built [two]")
                .containsPattern("\\d{4}-\\d\\d-\\d\\dT\\S+: Build 'two' finished");
    }

    @Test
    void oneBuildThatFailsDoesNotLoseTheImagesOfTheOthers() throws Exception {
        write("two.json", """
                {"builders": [{"type": "file", "name": "good", "content": "raw disk", "target": "out/good.img"},
                              {"type": "null", "name": "bad", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "only": ["bad"], "inline": ["sleep 1; exit 3"]}]}
                """);
        Files.createDirectories(build.workspace().resolve("out"));

        assertThatThrownBy(() -> run("packerBuild 'two.json'")).hasMessageContaining("Packer could not build 'bad'");

        assertThat(build.artifacts().resolve("out/good.img")).hasContent("raw disk");
        assertThat(new ProcessBuilder("sha256sum", "--strict", "-c", "SHA256SUM")
                        .directory(build.artifacts().resolve("out").toFile())
                        .start()
                        .waitFor())
                .isZero();
        ImageFactoryAction kept = build.action(ImageFactoryAction.class);
        assertThat(kept.getImageFiles()).extracting(ImageFile::getPath).containsExactly("out/good.img");
        assertThat(kept.getPackerRuns())
                .flatExtracting(FinishedPackerRun::getBuilds)
                .extracting(FinishedPackerBuild::getName, FinishedPackerBuild::getStatus)
                .containsExactlyInAnyOrder(tuple("bad", "failure"), tuple("good", "success"));
    }

    @Test
    void filesThatWereThereBeforeAreNoImagesOfTheBuild() throws Exception {
        template("t.json", "echo new > new.img");
        write("old.img", "from yesterday");
        Files.setLastModifiedTime(
                build.workspace().resolve("old.img"), java.nio.file.attribute.FileTime.fromMillis(1_000_000));

        run("echo \"made ${packerBuild(template: 't.json', images: '*.img', checksums: false).images*.path}\"");

        assertThat(console()).contains("made [new.img]", "old.img is older than this build: left out");
        assertThat(build.artifacts().resolve("old.img")).doesNotExist();
        assertThat(build.workspace().resolve("SHA256SUM")).doesNotExist();
    }

    @Test
    void anImageThatNeedsAnotherFileFailsTheBuildAndTheOthersAreKept() throws Exception {
        template(
                "t.json",
                "qemu-img create -q -f qcow2 base.qcow2 1M && qemu-img create -q -f qcow2 -b base.qcow2 -F qcow2 over.qcow2");

        assertThatThrownBy(() -> run("packerBuild(template: 't.json', images: '*.qcow2')"))
                .hasMessageStartingWith("over.qcow2 needs the backing file 'base.qcow2'")
                .hasMessageContaining("'qemu-img convert -f qcow2 -O qcow2 over.qcow2 flat.qcow2'");

        assertThat(build.artifacts().resolve("base.qcow2")).exists();
        assertThat(build.artifacts().resolve("over.qcow2")).doesNotExist();
        assertThat(build.action(ImageFactoryAction.class).getImageFiles())
                .extracting(ImageFile::getPath)
                .containsExactly("base.qcow2");
    }

    @Test
    void theStepsOfABuildAreTimed() throws IOException {
        template("t.json", "sleep 5");

        run(
                "def step = packerBuild('t.json').builds[0].steps[0]; echo \"${step.name.take(26)}: ${step.millis >= 1000}\"");

        assertThat(console()).contains("Running local shell script: true");
    }

    @Test
    void theDebugLogIsAFileOfItsOwn() throws IOException {
        template("debug.json", "echo hello");

        run("echo packerBuild(template: 'debug.json', debugLog: true, logDir: 'logs').logFile");

        assertThat(console()).doesNotContain("[INFO]").containsPattern("logs/debug-\\d{8}-\\d{6}\\.log");
        try (Stream<Path> logs = Files.list(build.artifacts().resolve("logs"))) {
            assertThat(logs.filter(log -> log.toString().endsWith(".debug.log")))
                    .singleElement()
                    .satisfies(log -> assertThat(log).content().contains("[INFO]"));
        }
    }

    @Test
    void anAbortInAProvisionerGivesPackerTimeToCleanUp() throws Exception {
        template("slow.json", "echo started", "sleep " + LONG_TIME);

        abortWhen("null: started", new PackerBuildStep("slow.json"));

        assertThat(console())
                .contains("Ending Packer, since the build was aborted: it has 120 s to clean up")
                .doesNotContain("Left behind", "Killing");
        assertNoProcess("sleep " + LONG_TIME);
    }

    @Test
    void anAbortInTheBootOfAVirtualMachineLeavesNoProcessAndNoHalfImage() throws Exception {
        write("disk.img", "x".repeat(1024 * 1024));
        write("vm.json", qemu("output-vm"));

        abortWhen("Waiting for SSH to become available", new PackerBuildStep("vm.json"));

        assertThat(console()).doesNotContain("Left behind", "Killing");
        assertThat(build.workspace().resolve("output-vm")).doesNotExist();
        assertNoProcess("qemu-system-x86_64 -name vm-of-this-test");
    }

    @Test
    void whatAKilledPackerLeavesIsNamed() throws Exception {
        template(
                "deaf.json",
                "trap '' INT TERM; mkdir half-built; echo started; while true; do sleep " + LONG_TIME + "; done");

        PackerBuildStep step = new PackerBuildStep("deaf.json");
        step.setAbortGrace(1);

        abortWhen("null: started", step);

        assertThat(console()).contains("Left behind: half-built in ");
        assertNoProcess("sleep " + LONG_TIME);
    }

    @Test
    void aPackerThatIsSilentForTooLongIsEnded() throws IOException {
        template("slow.json", "echo started", "sleep " + LONG_TIME);

        assertThatThrownBy(() -> run("packerBuild template: 'slow.json', silenceTimeout: 2"))
                .hasMessageContaining("Packer printed nothing for 2 s (silenceTimeout)");

        assertThat(console()).doesNotContain("Killing");
        assertNoProcess("sleep " + LONG_TIME);
    }

    @Test
    void aHintStandsUnderAFailureThatHasAKnownWayOut() throws IOException {
        write("disk.img", "x");
        write("vm.json", qemu("out"));
        Files.createDirectories(build.workspace().resolve("out"));

        assertThatThrownBy(() -> run("packerBuild template: 'vm.json'"))
                .hasMessage("Packer finds template 'vm.json' invalid: its reasons stand above");

        assertThat(console()).contains("\n[packer] Hint: an earlier build left it");
    }

    @Test
    void withForceWhatAnEarlierBuildLeftIsOverwritten() throws IOException {
        write("disk.img", "x");
        write("vm.json", qemu("out").replace("\"ssh_timeout\": \"1h\"", "\"ssh_timeout\": \"1s\""));
        Files.createDirectories(build.workspace().resolve("out"));

        assertThatThrownBy(() -> run("packerBuild template: 'vm.json', force: true"))
                .hasMessageStartingWith("Packer could not build 'qemu': ");
    }

    @Test
    void qemuWithoutTheHelpOfTheHardwareIsWarnedOf() throws IOException {
        write("disk.img", "x");
        write("vm.json", qemu("out").replace("\"ssh_timeout\": \"1h\"", "\"ssh_timeout\": \"1s\""));
        boolean usable = Files.isWritable(Path.of("/dev/kvm"));

        assertThatThrownBy(() -> run("packerBuild template: 'vm.json'"))
                .hasMessageContaining("Timeout waiting for SSH");

        assertThat(console().contains("Warning: QEMU emulates the processor")).isEqualTo(!usable);
        assertThat(console()).contains("[packer] Hint: the guest did not boot");
    }

    @Test
    void anUnknownReactionToErrorsIsRefused() throws IOException {
        template("x.json", "true");

        assertThatThrownBy(() -> run("packerBuild template: 'x.json', onError: 'ask'"))
                .hasMessage("onError: 'ask' is none of [cleanup, abort, run-cleanup-provisioner]");
    }

    @Test
    void packerFrom17InstallsThePluginsOfHcl2First() throws IOException {
        write("web.pkr.hcl", "# for the script only");
        packerOfAnotherVersion("""
                version) echo 'Packer v1.11.2';;
                init) echo 'Installed plugin github.com/hashicorp/vmware v1.1.0';;
                validate) echo 'The configuration is valid.';;
                inspect) printf 'Packer Inspect: HCL2 mode\\n\\n> input-variables:\\n\\n\\n> builds:\\n';;
                build) cat <<'END'
                ==> vmware-iso.appliance: Running post-processor:  (type shell-local)
                    vmware-iso.appliance (shell-local): > Done!
                Build 'vmware-iso.appliance' finished after 7 minutes 2 seconds.

                ==> Wait completed after 7 minutes 2 seconds

                ==> Builds finished. The artifacts of successful builds are:
                --> vmware-iso.appliance: VM files in directory: output-appliance
                END
                ;;
                """);

        run(
                withOtherPacker(
                        "def r = packerBuild 'web.pkr.hcl'; echo \"${r.packerVersion} ${r.builds[0].name} ${r.builds[0].millis}\""));

        assertThat(console()).containsSubsequence("Installed plugin", "is valid", "1.11.2 vmware-iso.appliance 422000");
    }

    @Test
    void theRateLimitOfGitHubIsExplained() throws IOException {
        write("web.pkr.hcl", "# for the script only");
        packerOfAnotherVersion("""
                version) echo 'Packer v1.9.2';;
                init) cat <<'END'
                Failed getting the "github.com/hashicorp/ansible" plugin:
                1 error occurred:
                	* Plugin host rate limited the plugin getter. Try again in 12m59.953283047s.
                HINT: Set the PACKER_GITHUB_API_TOKEN env var with a token to get more requests.
                END
                exit 1;;
                """);

        assertThatThrownBy(() -> run(withOtherPacker("packerBuild 'web.pkr.hcl'")))
                .hasMessageStartingWith("Packer could not install the plugins that template 'web.pkr.hcl' requires");

        assertThat(console()).contains("[packer] Hint: GitHub answers 60 calls an hour");
    }

    @Test
    void packerBefore16ValidatesNoHcl2AndTellsNoDurations() throws IOException {
        write("web.pkr.hcl", "# for the script only");
        packerOfAnotherVersion("""
                version) echo 'Packer v1.5.6';;
                build) cat <<'END'
                Build 'vmware' finished.

                ==> Builds finished. The artifacts of successful builds are:
                --> vmware: VM files in directory: output-vmware
                END
                ;;
                """);

        run(withOtherPacker("echo \"status ${packerBuild('web.pkr.hcl').builds*.status}\""));

        assertThat(console()).contains("Packer 1.5.6 cannot validate HCL2 templates", "status [success]");
    }

    private void abortWhen(String line, PackerBuildStep step) throws Exception {
        LocalStepContext context =
                new LocalStepContext(build, new FilePath(build.workspace().toFile()), new EnvVars(System.getenv()));
        StepExecution execution = step.start(context);
        execution.start();
        while (!console().contains(line)) {
            assertThat(context.end()).isNotDone();
            Thread.sleep(50);
        }
        execution.stop(new InterruptedException("aborted"));
        assertThatThrownBy(() -> context.end().get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("aborted");
    }

    private static void assertNoProcess(String words) {
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains(words));
    }

    private static String qemu(String output) {
        return """
                {"builders": [{"type": "qemu", "iso_url": "disk.img", "iso_checksum": "none", "disk_image": true,
                    "format": "raw", "skip_resize_disk": true, "output_directory": "%s", "vm_name": "vm-of-this-test",
                    "accelerator": "tcg", "headless": true, "boot_wait": "-1s", "ssh_timeout": "1h",
                    "ssh_username": "root", "ssh_password": "x",
                    "qemuargs": [["-netdev", "user,id=user.0,hostfwd=tcp:127.0.0.1:{{.SSHHostPort}}-:22"]]}]}
                """.formatted(output);
    }

    private void template(String name, String... commands) throws IOException {
        String inline = String.join(
                ", ",
                Arrays.stream(commands)
                        .map(command -> '"' + command.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                        .toList());
        write(name, """
                {"builders": [{"type": "null", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "inline": [%s]}]}
                """.formatted(inline));
    }

    private void packerOfAnotherVersion(String cases) throws IOException {
        write("bin/packer", "#!/bin/sh\ncase $1 in\n" + cases + "*) echo \"no $1 here\"; exit 1;;\nesac\n");
        assertThat(build.workspace().resolve("bin/packer").toFile().setExecutable(true))
                .isTrue();
    }

    private static String withOtherPacker(String script) {
        return "withEnv([\"PATH=${pwd()}/bin:/usr/bin:/bin\"]) { " + script + " }";
    }

    private void write(String path, String text) throws IOException {
        Path file = build.workspace().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private List<String> latestLog() throws IOException {
        return Files.readAllLines(build.workspace().resolve("packer.latest.log"), StandardCharsets.ISO_8859_1);
    }

    private static List<String> withoutWhatDiffers(String output) {
        return output.lines()
                .map(line -> line.replaceAll("packer-shell\\d+", "packer-shell")
                        .replaceAll("(finished|completed) after .*", "$1"))
                .toList();
    }
}
