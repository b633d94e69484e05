package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftOnAgents;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What an operation has on an agent that is away when it ends, is removed when the agent is back. */
@ExtendWith(OpenStackExtension.class)
class LeftOnAgentsJenkinsTest {
    /** In seconds; by it the processes of this run are known. */
    private static final String LONG_TIME =
            Integer.toString(ThreadLocalRandom.current().nextInt(1_000_000, 1_000_000_000));

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    @Test
    void aPackerIsEndedWhenItsAgentIsBack() throws Throwable {
        sessions.then(jenkins -> {
            LogRecorder log =
                    new LogRecorder().record(LeftOnAgents.class, Level.INFO).capture(10);
            DumbSlave agent = jenkins.createOnlineSlave();
            WorkflowRun build = running(jenkins, agent, LONG_TIME);

            abortWhileAway(jenkins, agent, build);
            assertThat(isRunning(LONG_TIME)).isTrue();
            agent.toComputer().connect(true).get();

            awaitTheEnd(LONG_TIME);
            awaitNothingBeside(agent.getWorkspaceFor(build.getParent()));
            while (log.getMessages().isEmpty()) {
                Thread.sleep(50);
            }
            assertThat(log.getMessages())
                    .singleElement()
                    .asString()
                    .startsWith("Packer in ")
                    .endsWith("on agent '" + agent.getNodeName() + "', which its build has left there, is gone");
            assertThat(directory.resolve("cleaned-up")).exists();
        });
    }

    @Test
    void alsoAfterARestartOfTheControllerInBetween() throws Throwable {
        sessions.then(jenkins -> {
            DumbSlave agent = jenkins.createOnlineSlave();
            abortWhileAway(jenkins, agent, running(jenkins, agent, LONG_TIME));
            Jenkins.get().save();
        });
        assertThat(isRunning(LONG_TIME)).isTrue();
        sessions.then(jenkins -> {
            DumbSlave agent = (DumbSlave) Jenkins.get().getNodes().get(0);
            agent.toComputer().connect(false).get();

            awaitTheEnd(LONG_TIME);
            awaitNothingBeside(agent.getWorkspaceFor(jenkins.jenkins.getItemByFullName("orphaned", WorkflowJob.class)));
        });
    }

    @Test
    void aFreestylePackerWhoseAgentIsLostIsEndedWhenThatIsBack() throws Throwable {
        sessions.then(jenkins -> {
            DumbSlave agent = jenkins.createOnlineSlave();
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.setAssignedNode(agent);
            agent.getWorkspaceFor(job).child("t.json").write(template(LONG_TIME), "UTF-8");
            job.getBuildersList().add(new PackerBuildBuilder(new PackerBuildStep("t.json")));
            FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("null: I am running", build);

            lose(agent);

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("is ended when agent '" + agent.getNodeName() + "' is back", build);
            agent.toComputer().connect(true).get();
            awaitTheEnd(LONG_TIME);
            awaitNothingBeside(agent.getWorkspaceFor(job));
        });
    }

    @Test
    void aConversionThatWasAbortedInTheMeantimeLeavesNoFileAndNoProcess() throws Throwable {
        sessions.then(jenkins -> {
            DumbSlave agent = jenkins.createOnlineSlave();
            WorkflowRun build = started(jenkins, agent, """
                    sh 'head -c 300000000 /dev/urandom > disk.img'
                    imageConvert file: 'disk.img', format: 'qcow2', compress: true
                    """);
            FilePath workspace = agent.getWorkspaceFor(build.getParent());
            while (!workspace.exists() || workspace.list(".imageConvert*/disk.qcow2").length == 0) {
                assertThat(build.isBuilding()).isTrue();
                Thread.sleep(50);
            }
            String image = workspace.getRemote() + "/disk.img";
            ProcessHandle qemuImg = ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").contains(image))
                    .findFirst()
                    .orElseThrow();
            assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(qemuImg.pid()))
                            .start()
                            .waitFor())
                    .isZero();

            lose(agent);
            jenkins.waitForMessage("waiting for it to come back", build);
            build.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("is removed when agent '" + agent.getNodeName() + "' is back", build);
            assertThat(build.getLog(1000)).noneMatch(line -> line.startsWith("\tat "));
            agent.toComputer().connect(true).get();
            qemuImg.onExit().get(1, TimeUnit.MINUTES);
            while (!names(Path.of(workspace.getRemote())).equals(List.of("disk.img"))) {
                Thread.sleep(100);
            }
        });
    }

    @Test
    void aGuestWhoseAgentWasLostIsEndedWithItsFilesBeforeItsTimeIsUp() throws Throwable {
        sessions.then(jenkins -> {
            DumbSlave agent = jenkins.createOnlineSlave();
            WorkflowRun build = started(jenkins, agent, """
                    sh 'cp %s disk.qcow2'
                    imageBoot file: 'disk.qcow2', expect: 'never', timeout: 3000, accelerator: 'tcg', memory: 256
                    """.formatted(BaseDisk.path()));
            jenkins.waitForMessage("[guest] ", build);
            String console = agent.getWorkspaceFor(build.getParent()).getRemote() + "@tmp/imageBoot";
            assertThat(isRunning(console)).isTrue();

            lose(agent);

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("is removed when agent '" + agent.getNodeName() + "' is back", build);
            agent.toComputer().connect(true).get();
            awaitTheEnd(console);
            awaitNothingBeside(agent.getWorkspaceFor(build.getParent()));
        });
    }

    @Test
    void theCloudsYamlOfABlockThatEndedInTheMeantimeIsRemoved(OpenStack cloud) throws Throwable {
        String secret = cloud.applicationCredential().secret();
        AtomicReference<String> workspace = new AtomicReference<>();
        sessions.then(jenkins -> {
            store(cloud);
            DumbSlave agent = jenkins.createOnlineSlave();
            WorkflowRun build = started(
                    jenkins,
                    agent,
                    "withOpenStack(credentialsId: 'of this test', clouds: true) { sh 'cat \"$OS_CLIENT_CONFIG_FILE\"; sleep 1000' }");
            jenkins.waitForMessage("application_credential_secret", build);
            workspace.set(agent.getWorkspaceFor(build.getParent()).getRemote());

            lose(agent);
            build.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("is removed when agent '" + agent.getNodeName() + "' is back", build);
            assertThat(cloudsYamls(workspace.get())).hasSize(1);
            assertNothingKeptHolds(secret);
        });
        sessions.then(jenkins -> {
            DumbSlave agent = (DumbSlave) Jenkins.get().getNodes().get(0);
            assertThat(cloudsYamls(workspace.get())).hasSize(1);

            agent.toComputer().connect(false).get();

            while (!cloudsYamls(workspace.get()).isEmpty()) {
                Thread.sleep(100);
            }
        });
    }

    private static void store(OpenStack cloud) throws IOException {
        ApplicationCredential credential = cloud.applicationCredential();
        String cloudsYaml = """
                clouds:
                  test:
                    auth: {auth_url: '%s', application_credential_id: %s, application_credential_secret: "%s"}
                """.formatted(
                        cloud.authUrl(), credential.id(), credential.secret().replace("\"", "\\\""));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "of this test",
                        "",
                        "clouds.yaml",
                        SecretBytes.fromRawBytes(cloudsYaml.getBytes(StandardCharsets.UTF_8))));
        SystemCredentialsProvider.getInstance().save();
    }

    private static List<Path> cloudsYamls(String workspace) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(workspace + "@tmp"))) {
            return files.filter(file -> file.endsWith("clouds.yaml")).toList();
        }
    }

    private static void assertNothingKeptHolds(String secret) throws IOException {
        Path kept = Jenkins.get().getRootDir().toPath().resolve(LeftOnAgents.class.getName() + ".xml");
        assertThat(Files.readString(kept)).contains("@tmp/openstack").doesNotContain(secret);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static WorkflowRun started(JenkinsRule jenkins, DumbSlave agent, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "orphaned");
        job.setDefinition(new CpsFlowDefinition("node('" + agent.getNodeName() + "') {\n" + script + "\n}", true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static void lose(DumbSlave agent) throws Exception {
        agent.toComputer()
                .disconnect(new OfflineCause.ChannelTermination(new IOException("lost")))
                .get();
    }

    private WorkflowRun running(JenkinsRule jenkins, DumbSlave agent, String seconds) throws Exception {
        WorkflowRun build = started(jenkins, agent, """
                writeFile file: 't.json', text: '''%s'''
                packerBuild 't.json'
                """.formatted(template(seconds)));
        jenkins.waitForMessage("null: I am running", build);
        return build;
    }

    private String template(String seconds) {
        return """
                {"builders": [{"type": "null", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "inline": ["trap 'touch %s' INT TERM EXIT; echo I am running; sleep %s"]}]}""".formatted(directory.resolve("cleaned-up"), seconds);
    }

    private static void abortWhileAway(JenkinsRule jenkins, DumbSlave agent, WorkflowRun build) throws Exception {
        lose(agent);
        jenkins.waitForMessage("Packer goes on there", build);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains(
                "Packer cannot be ended without its agent: it is ended when agent '" + agent.getNodeName()
                        + "' is back",
                build);
        assertThat(build.getLog(1000)).noneMatch(line -> line.startsWith("\tat "));
    }

    private static void awaitTheEnd(String seconds) throws InterruptedException {
        while (isRunning(seconds)) {
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

    private static boolean isRunning(String seconds) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains(seconds));
    }
}
