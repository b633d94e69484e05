package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.DiskImageBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlancePruneBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceShareBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUpdateBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUploadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatRenderBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.DiskImageBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlancePruneStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceShareStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUpdateStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Scripts of Job DSL, by the rules of its dynamic API and the models that a real Jenkins has of the plugin's classes. */
@WithJenkins
class JobDslJenkinsTest {
    private static final Path EXAMPLE = Path.of("docs/examples/jobdsl/factory.groovy");

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private FreeStyleProject freestyle(String name) {
        return jenkins.jenkins.getItemByFullName(name, FreeStyleProject.class);
    }

    @Test
    void theExampleMakesAFreestyleJobThatItsFormKeeps() throws Exception {
        JobDslScript.run(Files.readString(EXAMPLE));

        FreeStyleProject job = freestyle("debian-image");
        assertExample(job);
        jenkins.configRoundtrip(job);
        assertExample(job);
    }

    private static void assertExample(FreeStyleProject job) {
        PackerBuildStep packer = new PackerBuildStep("images/debian/image.json");
        packer.setVarFiles(List.of("images/debian/vars.json"));
        packer.setParallelBuilds(1);
        GlanceUploadStep upload = new GlanceUploadStep("output/*.qcow2");
        upload.setName("debian-${BUILD_NUMBER}");
        upload.setCloud("mycloud");
        upload.setProject("factory");
        upload.setMinDisk(4);
        upload.setTags(List.of("debian", "nightly"));
        upload.setIfExists("replace");
        GlanceShareStep share = new GlanceShareStep("${IMAGE_ID}", List.of("dev", "prod"));
        share.setCloud("mycloud");
        share.setProject("factory");
        GlancePruneStep prune = new GlancePruneStep();
        prune.setTag("nightly");
        prune.setKeep(7);
        prune.setCloud("mycloud");
        prune.setProject("factory");
        HeatRenderStep render = new HeatRenderStep("images/debian/stack.yaml.j2");
        render.setVarsFiles(List.of("images/debian/build-vars.yml"));
        render.setOutput("target");
        assertThat(job.getBuildersList())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new PackerBuildBuilder(packer),
                        new GlanceUploadBuilder(upload),
                        new GlanceShareBuilder(share),
                        new GlancePruneBuilder(prune),
                        new HeatRenderBuilder(render));
    }

    @Test
    void theExampleMakesAPipelineOfStepsThatThereAre(@TempDir Path directory) throws Exception {
        JobDslScript.run(Files.readString(EXAMPLE));

        CpsFlowDefinition pipeline = (CpsFlowDefinition) jenkins.jenkins
                .getItemByFullName("debian-image-pipeline", WorkflowJob.class)
                .getDefinition();
        assertThat(pipeline.isSandbox()).isTrue();
        Pipeline.bind(
                pipeline.getScript(),
                LocalBuild.in(directory, directory, OutputStream.nullOutputStream(), (run, choice) -> {
                    throw new AssertionError("nothing is run");
                }));
    }

    @Test
    void listsThatAScriptLeavesOutKeepTheirDefaults() {
        JobDslScript.run("""
                freeStyleJob('defaults') {
                    steps {
                        diskImageBuildBuilder { step { elements(['vm', 'debian-minimal']) } }
                        glanceUpdateBuilder { step { image('my image') } }
                    }
                }
                """);

        assertThat(freestyle("defaults").getBuildersList())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new DiskImageBuildBuilder(new DiskImageBuildStep(List.of("vm", "debian-minimal"))),
                        new GlanceUpdateBuilder(new GlanceUpdateStep("my image")));
    }

    @Test
    void whatThePluginDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> JobDslScript.run("freeStyleJob('a') { steps { packerBuilder { } } }"))
                .hasMessageContaining("no build step packerBuilder");
        assertThatThrownBy(() -> JobDslScript.run(
                        "freeStyleJob('b') { steps { glancePruneBuilder { step { visibility('x') } } } }"))
                .hasMessageContaining("GlancePruneStep has no parameter visibility");
        assertThatThrownBy(() -> JobDslScript.run("freeStyleJob('c') { steps { glanceUploadBuilder { step { } } } }"))
                .hasMessageContaining("not set: [file]");
    }

    @Test
    void mapsHaveNoPlaceInJobDsl() {
        assertThatThrownBy(() -> JobDslScript.run(
                        "freeStyleJob('a') { steps { packerBuildBuilder { step { vars([version: '12']) } } } }"))
                .hasMessageContaining("Job DSL takes no LinkedHashMap for vars");
    }
}
