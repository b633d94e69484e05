package io.jenkins.plugins.imagefactory.surroundings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What stands between a build and Glance: a balancer of whose two servers one is away, and a proxy that lets nothing last. */
@ExtendWith(OpenStackExtension.class)
class BalancerIT {
    private static final int SIZE = 3_000_000;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final OpenStack cloud;

    @TempDir
    private Path directory;

    private FaultyProxy glance;
    private TestClouds clouds;
    private byte[] content;

    BalancerIT(OpenStack cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void makeAFile() throws IOException {
        cloud.deleteAllImages();
        glance = FaultyProxy.before(cloud.glanceUrl());
        clouds = TestClouds.at(
                cloud,
                User.BUILDER,
                java.net.URI.create(cloud.authUrl().toString().replaceFirst("/v3$", "")),
                glance.url());
        content = new byte[SIZE];
        new Random(4711).nextBytes(content);
        Files.createDirectories(directory.resolve("workspace"));
        Files.write(directory.resolve("workspace/disk.raw"), content);
    }

    @AfterEach
    void close() {
        clouds.close();
        glance.close();
    }

    private void run(String script) throws IOException {
        LocalBuild build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }

    @Test
    void everyStepGetsThroughThoughEveryOtherAnswerIs503() throws Exception {
        glance.every(2, ".*", ".*", new Fault.Status(503));

        run("""
                def image = glanceUpload(file: 'disk.raw', name: 'balanced')
                glanceUpdate(image: image.id, properties: [os_distro: 'debian'])
                glanceDownload(image: image.id, file: 'copy.raw')
                glancePrune(name: 'balanced', keep: 1)
                """);

        assertThat(directory.resolve("workspace/copy.raw")).hasBinaryContent(content);
        assertThat(cloud.images()).singleElement().satisfies(image -> {
            assertThat(image.path("status").asText()).isEqualTo("active");
            assertThat(image.path("name").asText()).isEqualTo("balanced");
            assertThat(image.path("os_distro").asText()).isEqualTo("debian");
        });
    }

    @Test
    void anUploadThatAProxyNeverLetsEndFailsWithItsReasonAndLeavesNothing() throws Exception {
        glance.every(1, "PUT", ".*/file", new Fault.Limited(1_000_000, Duration.ofSeconds(1)));

        assertThatThrownBy(() -> run("glanceUpload(file: 'disk.raw', name: 'cut', retries: 1)"))
                .hasMessageContaining("broke the connection off");
        assertThat(cloud.images()).isEmpty();
    }

    @Test
    void aDownloadThatAProxyCutsAgainAndAgainGoesOnWhereItWas() throws Exception {
        run("glanceUpload(file: 'disk.raw', name: 'cut')");
        glance.every(1, "GET", ".*/file", new Fault.Limited(1_500_000, Duration.ofSeconds(1)));

        run("glanceDownload(image: 'cut', file: 'copy.raw', retries: 5)");

        assertThat(directory.resolve("workspace/copy.raw")).hasBinaryContent(content);
        assertThat(console.toString(StandardCharsets.UTF_8)).contains("broke the connection off");
    }
}
