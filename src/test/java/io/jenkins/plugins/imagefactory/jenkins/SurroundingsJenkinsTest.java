package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.model.BuildListener;
import hudson.model.Node;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.ArtifactManager;
import jenkins.model.ArtifactManagerConfiguration;
import jenkins.model.ArtifactManagerFactory;
import jenkins.util.VirtualFile;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps use what Jenkins puts around them: launchers, artifact managers, the snippet generator. */
@WithJenkins
public class SurroundingsJenkinsTest {
    private static final String PIPELINE = """
            node {
                writeFile file: 'p.json', text: '{"builders": [{"type": "null", "communicator": "none"}], "provisioners": [{"type": "shell-local", "inline": ["echo decorated: $DECORATED"]}]}'
                packerBuild 'p.json'
            }
            """;

    @Test
    void packerRunsThroughADecoratedLauncher(JenkinsRule jenkins) throws Exception {
        ExtensionList.lookup(LauncherDecorator.class).add(0, new Decorator());

        jenkins.assertLogContains("decorated: yes", jenkins.buildAndAssertSuccess(pipeline(jenkins)));
    }

    @Test
    void packerRunsThroughTheLauncherOfABlockAroundIt(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                PIPELINE.replaceFirst(
                        "packerBuild .*", "withContext(" + getClass().getName() + ".decorator()) { $0 }"),
                false));

        jenkins.assertLogContains("decorated: yes", jenkins.buildAndAssertSuccess(job));
    }

    /** As steps like {@code container} put one around their body. */
    public static LauncherDecorator decorator() {
        return new Decorator();
    }

    private static final class Decorator extends LauncherDecorator implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Launcher decorate(Launcher launcher, Node node) {
            return launcher.decorateByPrefix("env", "DECORATED=yes");
        }
    }

    @Test
    void artifactsGoToTheArtifactManagerOfTheBuild(JenkinsRule jenkins) throws Exception {
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().add(new Elsewhere());

        jenkins.buildAndAssertSuccess(pipeline(jenkins));

        assertThat(Elsewhere.ARCHIVED).contains("packer.latest.log");
    }

    /** Notes what it is given to keep. */
    public static final class Elsewhere extends ArtifactManagerFactory {
        private static final Set<String> ARCHIVED = new TreeSet<>();

        @Override
        public ArtifactManager managerFor(Run<?, ?> build) {
            return new Manager();
        }

        private static final class Manager extends ArtifactManager {
            @Override
            public void onLoad(Run<?, ?> build) {}

            @Override
            public void archive(
                    FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts) {
                ARCHIVED.addAll(artifacts.keySet());
            }

            @Override
            public boolean delete() {
                return true;
            }

            @Override
            public VirtualFile root() {
                return VirtualFile.forFile(new java.io.File("nowhere"));
            }
        }
    }

    @Test
    void theSnippetGeneratorGivesBackEveryParameter(JenkinsRule jenkins) throws Exception {
        PackerBuildStep packer = new PackerBuildStep("image.json");
        packer.setVars(Map.of("a", "b"));
        packer.setOnly(List.of("qemu"));
        GlanceUploadStep upload = new GlanceUploadStep("x.qcow2");
        upload.setProperties(Map.of("os_distro", "debian"));
        upload.setMinDisk(2);

        assertThat(arguments(packer))
                .isEqualTo(Map.of("template", "image.json", "vars", Map.of("a", "b"), "only", List.of("qemu")));
        assertThat(arguments(upload))
                .isEqualTo(Map.of("file", "x.qcow2", "properties", Map.of("os_distro", "debian"), "minDisk", 2));
    }

    private static <T> Map<String, ?> arguments(T step) throws Exception {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) step.getClass();
        UninstantiatedDescribable arguments = DescribableModel.of(type).uninstantiate2(step);
        assertThat(arguments.instantiate(type, null)).usingRecursiveComparison().isEqualTo(step);
        return arguments.getArguments();
    }

    private static WorkflowJob pipeline(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(PIPELINE, true));
        return job;
    }
}
