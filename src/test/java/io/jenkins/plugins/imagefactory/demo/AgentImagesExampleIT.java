package io.jenkins.plugins.imagefactory.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.runner.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The factory of agents' images of docs/examples, as its users run it. */
@ExtendWith(OpenStackExtension.class)
@ResourceLock(DiskImageBuilder.MOUNTS)
class AgentImagesExampleIT {
    private final OpenStack cloud;
    private final ExampleFactory factory;

    AgentImagesExampleIT(OpenStack cloud, @TempDir Path directory) {
        this.cloud = cloud;
        factory = new ExampleFactory(cloud, directory);
    }

    @AfterEach
    void deleteTheImages() throws IOException {
        factory.deleteImages("jenkins-agent-*");
    }

    @Test
    void agentsGetAnImageOfElementsUnderAStableName() throws IOException {
        assumeTrue(DiskImageBuilder.canMount(), "disk-image-create mounts, and this machine does not let it");
        Path workspace = factory.checkOut("agent-images");
        DiskImageBuilder.copyElementsTo(workspace.resolve("elements"));
        Trigger trigger = new Trigger(
                Map.of("TINY_BUSYBOX", DiskImageBuilder.busybox().toString()),
                Map.of("RELEASES", "bookworm trixie", "BASE", "tiny-root", "OPTIONS", "-n"),
                List.of());

        factory.run(workspace, trigger);
        factory.run(workspace, trigger);

        assertThat(List.of("jenkins-agent-bookworm", "jenkins-agent-trixie"))
                .allSatisfy(name -> assertThat(factory.active(name)).hasSize(1));
        assertThat(cloud.images()).anyMatch(image -> image.path("name").asText().startsWith("jenkins-agent-trixie ("));
    }

    @Test
    void agentsGetAnImageOfAHandMadeServersVolume() throws IOException {
        Path workspace = factory.checkOut("agent-images");
        cloud.blockStorage(User.BUILDER, Project.FACTORY).add("handmade", 1);

        factory.run(workspace, new Trigger(Map.of(), Map.of("VOLUME", "handmade"), List.of()));

        assertThat(factory.active("jenkins-agent-handmade")).hasSize(1);
    }
}
