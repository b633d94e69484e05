package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** imageConvert on an agent of a real Jenkins. */
@WithJenkins
class ImageConvertJenkinsTest {

    @Test
    void convertsOnAnAgent(JenkinsRule jenkins) throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();

        WorkflowRun build = jenkins.buildAndAssertSuccess(pipeline(jenkins, agent, """
                sh 'qemu-img create -f raw disk.img 3M'
                def ova = imageConvert(file: 'disk.img', format: 'ova', options: [cpus: 2])
                echo "made ${ova.path} ${ova.format} ${ova.sha256.length()}"
                sh 'tar tf disk.ova'
                """));

        jenkins.assertLogContains("[image] Converting disk.img (raw, 3 MiB, a disk of 3 MiB) to ova", build);
        jenkins.assertLogContains("made disk.ova ova 64", build);
        jenkins.assertLogContains("disk-disk1.vmdk", build);
    }

    @Test
    void anAbortOnAnAgentLeavesNoFileAndNoProcess(JenkinsRule jenkins) throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowJob job = pipeline(jenkins, agent, """
                sh 'head -c 300000000 /dev/urandom > disk.img'
                imageConvert file: 'disk.img', format: 'qcow2', compress: true
                """);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        FilePath workspace = agent.getWorkspaceFor(job);
        while (!workspace.exists() || workspace.list(".imageConvert*/disk.qcow2").length == 0) {
            assertThat(build.isBuilding()).isTrue();
            Thread.sleep(50);
        }

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(workspace.list()).extracting(FilePath::getName).containsExactly("disk.img");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains(workspace.getRemote() + "/disk.img"));
    }

    private static WorkflowJob pipeline(JenkinsRule jenkins, DumbSlave agent, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node('" + agent.getNodeName() + "') {\n" + script + "\n}", true));
        return job;
    }
}
