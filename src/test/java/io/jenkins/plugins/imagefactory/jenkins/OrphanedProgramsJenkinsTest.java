package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.imagefactory.jenkins.process.OrphanedPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A Packer whose build is aborted while its agent is away is ended when the agent is back. */
class OrphanedProgramsJenkinsTest {
    /** In seconds; by it the processes of this run are known. */
    private static final int LONG_TIME = ThreadLocalRandom.current().nextInt(1_000_000, 1_000_000_000);

    private static final String SLEEP = "sleep " + LONG_TIME;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    @Test
    void whenItsAgentIsBack() throws Throwable {
        sessions.then(jenkins -> {
            LogRecorder log =
                    new LogRecorder().record(OrphanedPrograms.class, Level.INFO).capture(10);
            DumbSlave agent = jenkins.createOnlineSlave();
            WorkflowRun build = running(jenkins, agent);

            abortWhileAway(jenkins, agent, build);
            assertThat(isRunning()).isTrue();
            agent.toComputer().connect(true).get();

            awaitTheEnd();
            awaitNothingBeside(agent.getWorkspaceFor(build.getParent()));
            while (log.getMessages().isEmpty()) {
                Thread.sleep(50);
            }
            assertThat(log.getMessages())
                    .singleElement()
                    .asString()
                    .startsWith("Packer in ")
                    .endsWith("on agent '" + agent.getNodeName()
                            + "', whose build was aborted while the agent was away, is ended");
            assertThat(directory.resolve("cleaned-up")).exists();
        });
    }

    @Test
    void alsoAfterARestartOfTheControllerInBetween() throws Throwable {
        sessions.then(jenkins -> {
            DumbSlave agent = jenkins.createOnlineSlave();
            abortWhileAway(jenkins, agent, running(jenkins, agent));
            Jenkins.get().save();
        });
        assertThat(isRunning()).isTrue();
        sessions.then(jenkins -> {
            DumbSlave agent = (DumbSlave) Jenkins.get().getNodes().get(0);
            agent.toComputer().connect(false).get();

            awaitTheEnd();
            awaitNothingBeside(agent.getWorkspaceFor(jenkins.jenkins.getItemByFullName("orphaned", WorkflowJob.class)));
        });
    }

    private WorkflowRun running(JenkinsRule jenkins, DumbSlave agent) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "orphaned");
        job.setDefinition(new CpsFlowDefinition(
                """
                node('%s') {
                    writeFile file: 't.json', text: '''{"builders": [{"type": "null", "communicator": "none"}],
                        "provisioners": [{"type": "shell-local", "inline": ["trap 'touch %s' INT TERM EXIT; echo I am running; %s"]}]}'''
                    packerBuild 't.json'
                }
                """.formatted(agent.getNodeName(), directory.resolve("cleaned-up"), SLEEP), true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("null: I am running", build);
        return build;
    }

    private static void abortWhileAway(JenkinsRule jenkins, DumbSlave agent, WorkflowRun build) throws Exception {
        agent.toComputer()
                .disconnect(new OfflineCause.ChannelTermination(new IOException("lost")))
                .get();
        jenkins.waitForMessage("Packer goes on there", build);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains(
                "Packer cannot be ended without its agent: it is ended when agent '" + agent.getNodeName()
                        + "' is back",
                build);
        assertThat(build.getLog(1000)).noneMatch(line -> line.startsWith("\tat "));
    }

    private static void awaitTheEnd() throws InterruptedException {
        while (isRunning()) {
            Thread.sleep(100);
        }
    }

    private static void awaitNothingBeside(FilePath workspace) throws Exception {
        Path beside = Path.of(workspace.getRemote() + "@tmp");
        while (true) {
            try (Stream<Path> left = Files.list(beside)) {
                if (left.findAny().isEmpty()) {
                    return;
                }
            }
            Thread.sleep(100);
        }
    }

    private static boolean isRunning() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains(SLEEP));
    }
}
