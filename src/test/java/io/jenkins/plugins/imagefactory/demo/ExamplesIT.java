package io.jenkins.plugins.imagefactory.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.runner.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Image factories of docs/examples that build with Packer, each as its users run it. */
@ExtendWith(OpenStackExtension.class)
class ExamplesIT {
    private final OpenStack cloud;
    private final ExampleFactory factory;

    ExamplesIT(OpenStack cloud, @TempDir Path directory) {
        this.cloud = cloud;
        factory = new ExampleFactory(cloud, directory);
    }

    @AfterEach
    void deleteTheImages() throws IOException {
        factory.deleteImages("[CICD] img*", "base", "web bundle*", "worked-example*", "Small Linux");
    }

    @Test
    void aLaboratoryBuildsWhatChangedAndReleasesTags() throws IOException {
        Path workspace = factory.checkOut("laboratory");

        String all = factory.run(workspace, new Trigger(Map.of(), Map.of("BUILD_ALL", true), List.of()));

        assertThat(all).contains("stage: Build").doesNotContain("stage: Release\n");
        assertThat(List.of("img1", "img2", "img3")).allSatisfy(image -> {
            assertThat(factory.active("[CICD] " + image)).hasSize(1);
            assertThat(factory.members("[CICD] " + image)).containsExactly(cloud.id(Project.DEV));
        });
        String first = factory.active("[CICD] img2").get(0).path("id").asText();

        factory.run(workspace, new Trigger(Map.of(), Map.of(), List.of("README.md", "img2/kickstart.cfg")));

        assertThat(factory.active("[CICD] img2"))
                .singleElement()
                .satisfies(image -> assertThat(image.path("id").asText()).isNotEqualTo(first));
        assertThat(cloud.image(first).path("name").asText()).startsWith("[CICD] img2 (");

        String release =
                factory.run(workspace, new Trigger(Map.of("TAG_NAME", "v1"), Map.of(), List.of("img1/template.json")));

        assertThat(release).contains("input of Release").doesNotContain("stage: Build");
        assertThat(factory.members("[CICD] img1"))
                .containsExactlyInAnyOrder(cloud.id(Project.DEV), cloud.id(Project.PROD_A), cloud.id(Project.PROD_B));
    }

    @Test
    void aBundleIsBuiltByOpenStackGetsItsPropertiesAndTemplatesAndIsTestedInAServerOfItsOwn() throws Exception {
        cloud.heat(Project.FACTORY);
        factory.uploadBase();
        Path workspace = factory.checkOut("bundle-factory");

        String console = factory.run(workspace, factory.onTheTestCloud());

        JsonNode image = cloud.images().stream()
                .filter(candidate -> candidate.path("name").asText().startsWith("web bundle"))
                .findFirst()
                .orElseThrow();
        assertThat(image.path("os_distro").asText()).isEqualTo("debian");
        assertThat(image.path("bundle").asText()).isEqualTo("web");
        assertThat(image.has("build_note")).isFalse();
        assertThat(image.path("min_disk").asInt()).isEqualTo(1);
        String id = image.path("id").asText();
        assertThat(factory.archived("target/web/output/stack.yaml")).contains("default: " + id, "port_range_min: 443");
        assertThat(factory.archived("target/web/output/README.txt")).contains("--parameter image=" + id + " my-web");
        assertThat(factory.archived("packer.latest.log")).contains(id);
        Element report = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(workspace.resolve("target/web/test/report.xml").toFile())
                .getDocumentElement();
        assertThat(report.getAttribute("tests")).isEqualTo("3");
        assertThat(report.getAttribute("failures")).isEqualTo("0");
        assertThat(console)
                .contains("[heat] server CREATE_COMPLETE")
                .containsPattern("\\[heat\\] Stack '.*' \\(.*\\) is gone");
        assertThat(workspace.resolve("test-key")).doesNotExist();
        assertThat(cloud.nova().servers()).isEmpty();
    }

    @Test
    void anOperatingSystemsImageIsUploadedOnceItHasBooted() throws IOException {
        Path workspace = factory.checkOut("bundle-factory/os-images");

        factory.run(
                workspace,
                new Trigger(
                        Map.of("IMAGE_URL", BaseDisk.path().toUri().toString()),
                        Map.of("IMAGE_NAME", "Small Linux", "READY", BaseDisk.READY),
                        List.of()));

        assertThat(factory.active("Small Linux")).hasSize(1);
        assertThat(workspace.resolve("image.qcow2")).doesNotExist();
    }

    @Test
    void aRawSnapshotBecomesAQcow2() throws IOException {
        factory.uploadBase();
        Path workspace = factory.checkOut("snapshot-to-qcow2");

        factory.run(workspace, factory.onTheTestCloud());

        assertThat(factory.active("worked-example"))
                .singleElement()
                .satisfies(
                        image -> assertThat(image.path("disk_format").asText()).isEqualTo("qcow2"));
        assertThat(cloud.images())
                .noneMatch(image -> image.path("name").asText().startsWith("worked-example raw"));
        assertThat(workspace.resolve("image.raw")).doesNotExist();
    }
}
