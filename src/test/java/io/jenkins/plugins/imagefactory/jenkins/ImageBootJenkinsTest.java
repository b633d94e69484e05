package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Node;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.ImageBootBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageBootStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** imageBoot in a real Jenkins: agents, credentials, test reports, aborts, restarts. */
public class ImageBootJenkinsTest {
    private static final String LOOPBACK_UP =
            "import fcntl, socket, struct, time; fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh', b'lo', 1));"
                    + " print('up', flush=True); time.sleep(600)";
    private static final String READY = "[guest] image-factory: ready";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    @Test
    void bootsOnAnAgentAndItsReportIsReadByJUnit() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.buildAndAssertSuccess(
                    pipeline(
                            jenkins,
                            jenkins.createOnlineSlave(),
                            "def boot = imageBoot file: 'disk.qcow2', sshUser: 'root', script: 'id', accelerator: 'tcg', memory: 256; echo \"tests ${junit(boot.report).passCount}\""));

            jenkins.assertLogContains("uid=0(root)", build);
            jenkins.assertLogContains("tests 2", build);
            assertThat(build.getArtifacts())
                    .extracting(artifact -> artifact.relativePath)
                    .containsExactlyInAnyOrder(
                            "image-boot/disk.qcow2.console.txt",
                            "image-boot/disk.qcow2.png",
                            "image-boot/disk.qcow2.xml");
            assertThat(qemus(jenkins)).isEmpty();
        });
    }

    @Test
    void aPasswordOfCredentialsLogsIn() throws Throwable {
        sessions.then(jenkins -> {
            store(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "guest", "", "root", "image-factory"));

            WorkflowRun build = jenkins.buildAndAssertSuccess(pipeline(
                    jenkins,
                    jenkins.createOnlineSlave(),
                    "imageBoot file: 'disk.qcow2', sshCredentialsId: 'guest', accelerator: 'tcg', memory: 256, script: '''id\n"
                            + "sleep 2''', expect: 'ready'"));

            jenkins.assertLogContains("uid=0(root)", build);
        });
    }

    @Test
    void aKeyInASecretFileLogsIn() throws Throwable {
        Path key = directory.resolve("key");
        assertThat(new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                        .start()
                        .waitFor())
                .isZero();
        sessions.then(jenkins -> {
            store(new FileCredentialsImpl(
                    CredentialsScope.GLOBAL, "guest", "", "key", SecretBytes.fromRawBytes(Files.readAllBytes(key))));

            WorkflowRun build = jenkins.buildAndAssertSuccess(pipeline(
                    jenkins,
                    jenkins.createOnlineSlave(),
                    "imageBoot file: 'disk.qcow2', sshCredentialsId: 'guest', sshUser: 'root', accelerator: 'tcg', memory: 256, script: 'id', userData: '''#!/bin/sh\n"
                            + "echo '%s' >/root/.ssh/authorized_keys'''"
                                    .formatted(Files.readString(directory.resolve("key.pub"))
                                            .strip())));

            jenkins.assertLogContains("uid=0(root)", build);
        });
    }

    @Test
    void qemuAndSshRunWhereTheBlockAroundRunsProcesses() throws Throwable {
        Process container = new ProcessBuilder("unshare", "--map-root-user", "--net", "python3", "-c", LOOPBACK_UP)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = container.inputReader()) {
            assertThat(output.readLine()).isEqualTo("up");
            sessions.then(jenkins -> {
                WorkflowJob job = jenkins.createProject(WorkflowJob.class);
                job.setDefinition(new CpsFlowDefinition(
                        script(
                                "built-in",
                                "withContext(%s.in(%d)) { imageBoot file: 'disk.qcow2', sshUser: 'root', script: 'echo I am running; sleep 15', accelerator: 'tcg', memory: 256 }"
                                        .formatted(getClass().getName(), container.pid())),
                        false));

                WorkflowRun build = job.scheduleBuild2(0).waitForStart();
                jenkins.waitForMessage("I am running", build);
                List<ProcessHandle> qemus = qemus(jenkins);

                assertThat(qemus).isNotEmpty();
                for (ProcessHandle qemu : qemus) {
                    assertThat(network(qemu)).isEqualTo(network(container.toHandle()));
                }
                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
                assertThat(qemus(jenkins)).isEmpty();
            });
        } finally {
            container.destroyForcibly();
        }
    }

    /** As a step like {@code container} puts around its body: here with a network of its own. */
    public static LauncherDecorator in(long process) {
        return new NetworkOf(process);
    }

    private static final class NetworkOf extends LauncherDecorator implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long process;

        NetworkOf(long process) {
            this.process = process;
        }

        @Override
        public Launcher decorate(Launcher launcher, Node node) {
            return launcher.decorateByPrefix(
                    "nsenter", "--preserve-credentials", "--user", "--net", "--target", String.valueOf(process));
        }
    }

    @Test
    void credentialsThatDoNotExistAreNamed() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.buildAndAssertStatus(
                    Result.FAILURE,
                    pipeline(
                            jenkins,
                            jenkins.createOnlineSlave(),
                            "imageBoot file: 'disk.qcow2', sshCredentialsId: 'nobody'"));

            jenkins.assertLogContains("ERROR: sshCredentialsId: credentials 'nobody' do not exist", build);
        });
    }

    @Test
    void anAbortedBuildLeavesNoQemu() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = pipeline(
                            jenkins,
                            jenkins.createOnlineSlave(),
                            "imageBoot file: 'disk.qcow2', sshUser: 'root', accelerator: 'tcg', memory: 256, script: 'echo I am running; sleep 1000'")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("I am running", build);

            build.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            assertThat(qemus(jenkins)).isEmpty();
            assertThat(build.getArtifacts()).hasSize(3);
        });
    }

    @Test
    void aQemuWhoseAgentIsLostEndsByItself() throws Throwable {
        sessions.then(jenkins -> {
            DumbSlave agent = jenkins.createOnlineSlave();
            WorkflowRun build = pipeline(
                            jenkins,
                            agent,
                            "imageBoot file: 'disk.qcow2', expect: 'never', timeout: 30, accelerator: 'tcg', memory: 256")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("[guest] ", build);
            List<ProcessHandle> qemus = qemus(jenkins);

            agent.toComputer()
                    .disconnect(new OfflineCause.ChannelTermination(new IOException("lost")))
                    .get();

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("QEMU ends by itself within", build);
            assertThat(qemus).isNotEmpty();
            for (ProcessHandle qemu : qemus) {
                qemu.onExit().get(5, TimeUnit.MINUTES);
            }
        });
    }

    @Test
    void aRestartOfTheControllerLetsTheBootBeginAgain() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
            job.setDefinition(new CpsFlowDefinition(
                    script(
                            "built-in",
                            "imageBoot file: 'disk.qcow2', sshUser: 'root', accelerator: 'tcg', memory: 256, script: 'echo I am running; sleep 30; echo I have run'"),
                    true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("I am running", build);
        });
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("restarted", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            assertThat(build.getLog(1000)).filteredOn(READY::equals).hasSize(2);
            jenkins.assertLogContains("I have run", build);
            assertThat(qemus(jenkins)).isEmpty();
        });
    }

    @Test
    void aFreestyleJobExpandsVariablesInTheNameOfTheFileAndNotInScripts() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            Path workspace = Files.createDirectories(
                    Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote()));
            Files.copy(BaseDisk.path(), workspace.resolve("disk-1.qcow2"));
            ImageBootStep step = new ImageBootStep("disk-${BUILD_NUMBER}.qcow2");
            step.setSshUser("root");
            step.setScript("echo in ${BUILD_NUMBER:-a guest}");
            step.setAccelerator("tcg");
            step.setMemory(256);
            job.getBuildersList().add(new ImageBootBuilder(step));

            FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("in a guest", build);
        });
    }

    private static void store(Credentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    private static List<ProcessHandle> qemus(JenkinsRule jenkins) {
        String home = jenkins.jenkins.getRootDir().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    String line = process.info().commandLine().orElse("");
                    return line.contains("qemu-system") && line.contains(home);
                })
                .toList();
    }

    private static Path network(ProcessHandle process) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/net"));
    }

    private static WorkflowJob pipeline(JenkinsRule jenkins, DumbSlave agent, String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script(agent.getNodeName(), steps), true));
        return job;
    }

    private static String script(String node, String steps) {
        return """
                node('%s') {
                    sh 'cp %s disk.qcow2'
                    %s
                }
                """.formatted(node, BaseDisk.path(), steps);
    }
}
