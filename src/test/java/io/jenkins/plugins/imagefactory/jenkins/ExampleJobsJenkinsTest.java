package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUpdateBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatRenderBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUpdateStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The jobs that docs/examples defines in XML. */
@WithJenkins
class ExampleJobsJenkinsTest {
    private static final Path BUNDLE = Path.of("docs/examples/bundle-factory/freestyle-job.xml");

    @Test
    void theFreestyleJobOfABundleIsWhatItsFormSaves(JenkinsRule jenkins) throws Exception {
        FreeStyleProject expected = jenkins.createFreeStyleProject("expected");
        PackerBuildStep build = new PackerBuildStep("bundles/${BUNDLE}/packer.json");
        build.setCloud("mycloud");
        build.setVars(new TreeMap<>(Map.of("base_image", "base", "flavor", "m1.tiny")));
        GlanceUpdateStep update = new GlanceUpdateStep("${IMAGE_ID}");
        update.setCloud("mycloud");
        update.setKeepProperties(List.of("os_distro", "hw_disk_bus"));
        update.setProperties(new TreeMap<>(Map.of("bundle", "${BUNDLE}", "os_distro", "debian")));
        update.setMinDisk(1);
        HeatRenderStep render = new HeatRenderStep("bundles/${BUNDLE}/output");
        render.setVarsFiles(List.of("bundles/${BUNDLE}/build-vars.yml"));
        render.setOutput("target/${BUNDLE}/output");
        expected.getBuildersList()
                .addAll(List.of(
                        new PackerBuildBuilder(build), new GlanceUpdateBuilder(update), new HeatRenderBuilder(render)));
        expected.save();

        String saved = builders(expected.getConfigFile().asString());
        assertThat(builders(Files.readString(BUNDLE))).isEqualTo(saved);
    }

    private static String builders(String config) {
        return config.substring(config.indexOf("  <builders>"), config.indexOf("  </builders>"))
                .replaceAll(" plugin=\"[^\"]*\"", "");
    }
}
