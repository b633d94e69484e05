package io.jenkins.plugins.imagefactory.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.fixture.Guestfs;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.runner.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The factory of gold images of docs/examples, as its users run it. */
@ExtendWith(OpenStackExtension.class)
class GoldImagesExampleIT {
    private final ExampleFactory factory;

    GoldImagesExampleIT(OpenStack cloud, @TempDir Path directory) {
        factory = new ExampleFactory(cloud, directory);
    }

    @AfterEach
    void deleteTheImages() throws IOException {
        factory.deleteImages("small-linux-*");
    }

    @Test
    void oneGoldStandardBecomesAnImageForEveryProvider() throws Exception {
        Path workspace = factory.checkOut("gold-images");
        Map<String, String> env = new HashMap<>(Guestfs.environment());
        env.put("ROOT_DEVICE", "/dev/sda2");

        factory.run(workspace, new Trigger(env, Map.of("VISIBILITY", "shared"), List.of()));

        Path artifacts = workspace.resolve("artifacts/1.0/small-linux");
        assertThat(List.of(
                        "aws/small-linux-1.0_aws.ova",
                        "azure/small-linux-1.0_azure.vhd",
                        "docker/small-linux-1.0_docker.tar.gz",
                        "gcp/small-linux-1.0_gcp.tar.gz",
                        "openstack/small-linux-1.0_openstack.qcow2",
                        "virtualbox/small-linux-1.0_virtualbox.vdi",
                        "vmware/small-linux-1.0_vmware.ova",
                        "vagrant/small-linux-1.0_vagrant.box"))
                .allSatisfy(file -> assertThat(artifacts.resolve(file)).isNotEmptyFile());
        assertThat(new ProcessBuilder("sha256sum", "--check", "--quiet", "SHA256SUM")
                        .directory(artifacts.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        assertThat(new ProcessBuilder(
                                "tar",
                                "-xzOf",
                                artifacts
                                        .resolve("docker/small-linux-1.0_docker.tar.gz")
                                        .toString(),
                                "./etc/image-factory-release")
                        .start()
                        .inputReader()
                        .readLine())
                .isEqualTo("image-factory: this is small-linux 1.0 for docker");
        assertThat(factory.active("small-linux-1.0")).singleElement().satisfies(image -> {
            assertThat(image.path("protected").asBoolean()).isTrue();
            assertThat(image.path("tags").get(0).asText()).isEqualTo("packer");
        });
    }
}
