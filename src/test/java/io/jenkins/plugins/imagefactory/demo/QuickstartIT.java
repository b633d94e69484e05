package io.jenkins.plugins.imagefactory.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.fixture.VirtualMachine;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenStackExtension.class)
class QuickstartIT {

    @Test
    void theQuickstartMakesAnImageThatTwoProjectsCanBoot(OpenStack cloud) throws Exception {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        Quickstart quickstart = new Quickstart(cloud, Path.of("target", "quickstart"));

        ImageInGlance image = quickstart.run(console).uploadedImages().get(0).image();

        String id = image.id();
        JsonNode inGlance = cloud.image(id);
        assertThat(inGlance.path("status").asText()).isEqualTo("active");
        assertThat(inGlance.path("name").asText()).isEqualTo("quickstart 1.0.1");
        assertThat(inGlance.path("packer_version").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(cloud.members(id))
                .extracting(
                        member -> member.path("member_id").asText(),
                        member -> member.path("status").asText())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(cloud.id(Project.DEV), "accepted"),
                        org.assertj.core.groups.Tuple.tuple(cloud.id(Project.PROD_A), "accepted"));

        Path fetched = Path.of("target", "quickstart", "fetched.qcow2");
        new ProcessBuilder(
                        "curl",
                        "-sSf",
                        "-o",
                        fetched.toString(),
                        "-H",
                        "X-Auth-Token: " + cloud.token(User.BUILDER, Project.DEV),
                        cloud.glanceUrl() + "/v2/images/" + id + "/file")
                .inheritIO()
                .start()
                .waitFor();
        String sha256 = Digests.sha256(fetched);
        assertThat(console.toString(StandardCharsets.UTF_8)).contains("SHA-256 " + sha256);
        assertThat(Files.readString(quickstart.artifacts().resolve("output-quickstart/SHA256SUM")))
                .isEqualTo(sha256 + "  quickstart.qcow2\n");
        assertThat(Files.readString(quickstart.artifacts().resolve("target/stack.yaml")))
                .contains("default: " + id, "- { start: 192.0.2.100, end: 192.0.2.200 }");
        assertThat(artifacts(quickstart.artifacts()))
                .anyMatch(file -> file.matches("packer-logs/image-\\d{8}-\\d{6}\\.log"))
                .contains("packer.latest.log", "output-quickstart/quickstart.qcow2");
        try (VirtualMachine machine = VirtualMachine.boot(fetched)) {
            machine.awaitLine("image-factory: this is quickstart 1.0.1", Duration.ofMinutes(5));
        }
    }

    private static List<String> artifacts(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .toList();
        }
    }
}
