package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.run.FinishedPackerBuild;
import io.jenkins.plugins.imagefactory.jenkins.run.FinishedPackerRun;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a program prints of a secret is found in no result, record, artifact, exception or line of the console. */
@ExtendWith(OpenStackExtension.class)
class LeakIT {
    private static final String SECRET = User.BUILDER.password();

    /** Packer's error message holds the path. */
    private static final String FAILS_WITH_THE_PASSWORD = """
            writeFile file: 'p.json', text: '''{"variables": {"p": "{{env `OS_PASSWORD`}}"},
                "builders": [{"type": "file", "content": "x", "target": "/proc/{{user `p`}}/x"}]}'''
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final OpenStack cloud;
    private TestClouds clouds;
    private LocalBuild build;

    LeakIT(OpenStack cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void prepareABuild() throws IOException {
        clouds = new TestClouds(cloud, User.BUILDER);
        build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);
    }

    @AfterEach
    void nobodyReadsTheSecret() throws IOException {
        clouds.close();
        assertThat(console.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith("Jenkinsfile")))
                    .isNotEmpty()
                    .noneSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .contains(SECRET));
        }
    }

    @Test
    void anErrorOfPackerInABlockThatMasksIt() throws IOException {
        Throwable failure = failure(FAILS_WITH_THE_PASSWORD
                + "withOpenStack { packerBuild template: 'p.json', validate: false, debugLog: true }");

        assertThat(Throwables.getStackTraceAsString(failure))
                .contains("/proc/****")
                .doesNotContain(SECRET);
        assertTheRecordIsMasked();
    }

    @Test
    void anErrorOfPackerThatLogsInToACloudByItself() throws IOException {
        Throwable failure = failure(FAILS_WITH_THE_PASSWORD
                + "packerBuild template: 'p.json', cloud: 'testcloud', validate: false, debugLog: true");

        assertThat(Throwables.getStackTraceAsString(failure))
                .contains("/proc/****")
                .doesNotContain(SECRET);
        assertTheRecordIsMasked();
    }

    @Test
    void whatPackerReturnsOfABuildThatSucceeds() throws IOException {
        run("""
                writeFile file: 'p.json', text: '''{"variables": {"p": "{{env `OS_PASSWORD`}}"},
                    "builders": [{"type": "null", "communicator": "none"}],
                    "post-processors": [{"type": "manifest", "output": "m.json", "custom_data": {"a": "b"}}],
                    "provisioners": [{"type": "shell-local", "inline": ["echo provisioning with {{user `p`}}"],
                        "execute_command": ["/bin/sh", "-c", "echo running $OS_PASSWORD"]}]}'''
                def r = packerBuild(template: 'p.json', cloud: 'testcloud', validate: false)
                writeFile file: 'result', text: r.toString()
                """);

        assertThat(console.toString(StandardCharsets.UTF_8)).contains("running ****");
        assertThat(build.action(ImageFactoryAction.class).getPackerRuns()).hasSize(1);
    }

    @Test
    void theConsoleOfAGuest() throws IOException {
        Files.copy(
                BaseDisk.path(),
                Files.createDirectories(directory.resolve("workspace")).resolve("disk.qcow2"));

        run("""
                withOpenStack {
                    imageBoot file: 'disk.qcow2', sshUser: 'root', memory: 256, accelerator: 'tcg',
                        script: "cat >/dev/ttyS0 <<'END'\\nthe guest says ${env.OS_PASSWORD}\\nEND\\nsleep 1"
                }
                """);

        assertThat(directory.resolve("archive/image-boot/disk.qcow2.console.txt"))
                .content()
                .contains("the guest says ****");
    }

    @Test
    void aTemplateThatWouldCarryTheSecretIsRefusedWithItsLine() throws IOException {
        Throwable failure = failure("""
                writeFile file: 'stack.yaml.j2', text: 'user: x\\npassword: {{ password }}\\n'
                withOpenStack { heatRender template: 'stack.yaml.j2', vars: [password: env.OS_PASSWORD] }
                """);

        assertThat(failure)
                .hasMessageContaining("stack.yaml.j2")
                .hasMessageContaining("line 2 of target/heat/stack.yaml")
                .hasMessageContaining("allowSecrets");
        assertThat(directory.resolve("workspace/target")).doesNotExist();
    }

    @Test
    void theFailureOfAStepInsideOfTheBlockThatKnowsTheSecretByItsParameter() throws IOException {
        Throwable failure = failure("withOpenStack { imageConvert file: env.OS_PASSWORD, format: 'raw' }");

        assertThat(Throwables.getStackTraceAsString(failure)).doesNotContain(SECRET);
        Files.writeString(directory.resolve("workspace/something"), "");
    }

    private void assertTheRecordIsMasked() {
        assertThat(build.action(ImageFactoryAction.class).getPackerRuns())
                .singleElement()
                .extracting(FinishedPackerRun::getBuilds)
                .satisfies(builds -> assertThat(builds)
                        .singleElement()
                        .extracting(FinishedPackerBuild::getError)
                        .asString()
                        .contains("/proc/****"));
    }

    private void run(String jenkinsfile) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), jenkinsfile), build, Map.of());
    }

    private Throwable failure(String jenkinsfile) {
        return catchThrowable(() -> run(jenkinsfile));
    }
}
