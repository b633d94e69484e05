package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** diskImageBuild on an agent of a real Jenkins, as a durable task. */
@WithJenkins
class DiskImageBuildJenkinsTest {
    @TempDir
    Path workspace;

    @BeforeEach
    void requireMounts() {
        assumeTrue(DiskImageBuilder.canMount(), "disk-image-create mounts, and this machine does not let it");
    }

    @Test
    void buildsOnAnAgentAndArchives(JenkinsRule jenkins) throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowJob job = pipeline(jenkins, agent, "'tiny-root'");

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("made image.qcow2 by disk-image-create", build);
        assertThat(build.getArtifacts())
                .extracting(Object::toString)
                .contains("image.qcow2", "SHA256SUM", "dib.latest.log");
    }

    @Test
    void anAbortOnAnAgentLetsItUnmount(JenkinsRule jenkins) throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowRun build = pipeline(jenkins, agent, "'tiny-root', 'waiting'")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("the element is waiting", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("Unmount ", build);
        jenkins.assertLogNotContains("terminating it", build);
        assertThat(DiskImageBuilder.mounts()).isEmpty();
    }

    /** In a workspace of its own, since those of the tests' Jenkins have a space in their paths. */
    private WorkflowJob pipeline(JenkinsRule jenkins, DumbSlave agent, String elements) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        DiskImageBuilder.copyElementsTo(workspace.resolve("elements"));
        job.setDefinition(new CpsFlowDefinition(
                """
                node('%s') {
                    ws('%s') {
                        def built = diskImageBuild(elements: [%s], elementsPath: ['elements'], options: ['-n'],
                            release: 'x', size: 1, env: [TINY_BUSYBOX: '%s'])
                        echo "made ${built.image} by ${built.images[0].builder}"
                    }
                }
                """.formatted(agent.getNodeName(), workspace, elements, DiskImageBuilder.busybox()), true));
        return job;
    }
}
