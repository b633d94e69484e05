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
import java.util.stream.Stream;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
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

    @Test
    void jenkinsTakesEveryDeclarativeJenkinsfile(JenkinsRule jenkins) throws Exception {
        List<Path> examples;
        try (Stream<Path> files = Files.walk(Path.of("docs/examples"))) {
            examples = files.filter(file -> file.endsWith("Jenkinsfile")).toList();
        }
        for (Path example : examples) {
            String text = Files.readString(example);
            if (text.contains("pipeline {")) {
                assertThat(verdict(jenkins, text)).as(example.toString()).contains("\"result\":\"success\"");
            }
        }
        assertThat(verdict(jenkins, "pipeline { nonsense() }")).contains("\"result\":\"failure\"");
    }

    private static String verdict(JenkinsRule jenkins, String jenkinsfile) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest request = new WebRequest(
                    client.createCrumbedUrl("pipeline-model-converter/validateJenkinsfile"), HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("jenkinsfile", jenkinsfile)));
            return client.getPage(request).getWebResponse().getContentAsString();
        }
    }

    private static String builders(String config) {
        return config.substring(config.indexOf("  <builders>"), config.indexOf("  </builders>"))
                .replaceAll(" plugin=\"[^\"]*\"", "");
    }
}
