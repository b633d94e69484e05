package io.jenkins.plugins.imagefactory.jenkins.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PipelineShapeTest {
    private static final ImageInGlance IMAGE = new ImageInGlance(
            "4c71a667",
            "web",
            "active",
            512L,
            null,
            "c2c8",
            "sha512",
            "9f86",
            "e3b0",
            "shared",
            "raw",
            1L,
            0L,
            true,
            false,
            List.of("stable"),
            Map.of("os_distro", "debian"),
            "mycloud",
            "factory");

    @Test
    void aResultIsAMapOfItsComponentsInTheirOrderWithNullsAndInTheTypesOfJava() {
        assertThat(map(IMAGE))
                .containsExactly(
                        entry("id", "4c71a667"),
                        entry("name", "web"),
                        entry("status", "active"),
                        entry("size", 512L),
                        entry("virtualSize", null),
                        entry("checksum", "c2c8"),
                        entry("hashAlgorithm", "sha512"),
                        entry("hash", "9f86"),
                        entry("sha256", "e3b0"),
                        entry("visibility", "shared"),
                        entry("diskFormat", "raw"),
                        entry("minDisk", 1L),
                        entry("minRam", 0L),
                        entry("protected", true),
                        entry("hidden", false),
                        entry("tags", List.of("stable")),
                        entry("properties", Map.of("os_distro", "debian")),
                        entry("cloud", "mycloud"),
                        entry("project", "factory"));
    }

    @Test
    void aResultThatHoldsAnotherOneHasItsKeys() {
        Map<String, Object> uploaded = map(new UploadedImage(IMAGE, false, List.of("0d6f"), 12L));

        assertThat(uploaded)
                .containsAllEntriesOf(map(IMAGE))
                .containsEntry("reused", false)
                .containsEntry("replaced", List.of("0d6f"))
                .containsEntry("millis", 12L);
        assertThat(uploaded.keySet()).startsWith("id").endsWith("project", "reused", "replaced", "millis");
    }

    @Test
    void mapsAndListsAreTheCallersOwnAtAnyDepth() {
        Map<String, Object> run = map(new PackerRun(
                null,
                List.of(),
                List.of(),
                List.of(new PackerRun.Build(
                        "qemu",
                        "failure",
                        7,
                        "boom",
                        List.of(new PackerRun.Step("Waiting for SSH", 5)),
                        List.of("not found"))),
                "packer-logs/web.log",
                "1.6.6",
                9));

        assertThat(run).isInstanceOf(LinkedHashMap.class).containsEntry("image", null);
        assertThat(run.get("builds"))
                .isInstanceOf(ArrayList.class)
                .isEqualTo(List.of(Map.of(
                        "name",
                        "qemu",
                        "status",
                        "failure",
                        "millis",
                        7L,
                        "error",
                        "boom",
                        "steps",
                        List.of(Map.of("name", "Waiting for SSH", "millis", 5L)),
                        "lastLines",
                        List.of("not found"))));
        assertThat(map(IMAGE).get("tags")).isInstanceOf(ArrayList.class);
        assertThat(map(IMAGE).get("properties")).isInstanceOf(LinkedHashMap.class);
    }

    @Test
    void whatAStepDidNotKeepIsNoEntry() {
        assertThat(map(new BootedImage(
                        true, 7, Optional.of("image-boot/web.txt"), Optional.empty(), Optional.of("web.xml"))))
                .containsExactly(
                        entry("booted", true),
                        entry("millis", 7L),
                        entry("console", "image-boot/web.txt"),
                        entry("report", "web.xml"));
    }

    @Test
    void renderedTemplatesAreAList() {
        Object rendered = PipelineShape.of(
                new RenderedTemplates(List.of(new RenderedTemplates.Template("a.j2", "a", null, Map.of()))));

        assertThat(rendered).isInstanceOf(ArrayList.class);
        assertThat((List<?>) rendered)
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsExactly(
                        entry("template", "a.j2"),
                        entry("output", "a"),
                        entry("heatTemplateVersion", null),
                        entry("parameters", Map.of()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(OperationResult result) {
        return (Map<String, Object>) PipelineShape.of(result);
    }
}
