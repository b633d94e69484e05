package io.jenkins.plugins.imagefactory.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.JumpingClock;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A controller whose clock is set while steps run: no time limit is over before its time, or later. */
@Timeout(300)
@ExtendWith(OpenStackExtension.class)
class ClockIT {
    private static final String[] JUMPS = {"+2d", "-2d"};

    @TempDir
    Path directory;

    private JumpingClock clock;

    @BeforeEach
    void makeAClock() throws IOException {
        clock = JumpingClock.in(directory);
        Files.createDirectories(directory.resolve("workspace"));
    }

    @Test
    void aProgramThatPrintsIsNotSilent(OpenStack cloud) throws Exception {
        Files.writeString(directory.resolve("workspace/t.json"), """
                {"builders": [{"type": "null", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "inline": ["echo now", "sleep 4", "echo now", "sleep 4"]}]}
                """);

        assertThat(run(options(cloud), "packerBuild template: 't.json', silenceTimeout: 100", "null: now"))
                .doesNotContain("printed nothing")
                .endsWith(PipelineProcess.SUCCESS);
    }

    @Test
    void anUploadHasItsTime(OpenStack cloud) throws Exception {
        Files.write(directory.resolve("workspace/disk.raw"), new byte[3_000_000]);
        try (FaultyProxy proxy =
                FaultyProxy.before(cloud.glanceUrl()).on(1, "PUT", ".*/file", new Fault.Slow(600_000))) {
            ClientOptions options =
                    options(cloud).with("image_endpoint_override", proxy.url().toString());

            assertThat(run(
                            options,
                            "glanceUpload file: 'disk.raw', name: 'clock', timeout: 100, ifExists: 'replace'",
                            "Uploading"))
                    .endsWith(PipelineProcess.SUCCESS);
        }
        assertThat(cloud.images())
                .singleElement()
                .satisfies(image -> assertThat(image.path("name").asText()).isEqualTo("clock"));
    }

    private static ClientOptions options(OpenStack cloud) {
        return ClientOptions.none()
                .with("auth_url", cloud.authUrl().toString())
                .with("region_name", OpenStack.REGION)
                .with("username", User.BUILDER.name())
                .withDomain("user_domain", User.BUILDER.domain())
                .with("password", User.BUILDER.password())
                .withProject(Project.FACTORY.name(), "default");
    }

    /** What it prints, when each time that this line is printed the clock has jumped. */
    private String run(ClientOptions options, String script, String line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PipelineProcess.class.getName(),
                        Files.writeString(directory.resolve("Jenkinsfile"), script)
                                .toString(),
                        directory.toString(),
                        Files.writeString(directory.resolve("clouds.yaml"), options.cloudsYaml("testcloud"))
                                .toString()))
                .redirectErrorStream(true);
        builder.environment().putAll(clock.environment());
        Process process = builder.start();
        StringBuilder printed = new StringBuilder();
        int jumps = 0;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = output.readLine(); text != null; text = output.readLine()) {
                printed.append(text).append('\n');
                if (text.contains(line)) {
                    clock.jump(JUMPS[jumps++ % JUMPS.length]);
                }
            }
        }
        assertThat(jumps).as("%s", printed).isPositive();
        return printed.toString().strip();
    }
}
