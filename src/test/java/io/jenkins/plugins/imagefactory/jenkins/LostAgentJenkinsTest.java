package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUploadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Java process of an agent is killed in the middle of a step, and comes back. */
@WithJenkins
@ExtendWith(OpenStackExtension.class)
class LostAgentJenkinsTest {
    private static final int SLOWLY = 100_000;

    @TempDir
    Path directory;

    private FaultyProxy proxy;
    private JenkinsRule jenkins;
    private DumbSlave agent;

    @BeforeEach
    void connectAnAgent(JenkinsRule rule, OpenStack cloud) throws Exception {
        jenkins = rule;
        agent = jenkins.createOnlineSlave();
        proxy = FaultyProxy.before(cloud.glanceUrl());
        ApplicationCredential credential = cloud.applicationCredential();
        String cloudsYaml = """
                clouds:
                  test:
                    auth: {auth_url: '%s', application_credential_id: %s, application_credential_secret: "%s"}
                    image_endpoint_override: %s
                """.formatted(
                        cloud.authUrl(), credential.id(), credential.secret().replace("\"", "\\\""), proxy.url());
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "of this test",
                        "",
                        "clouds.yaml",
                        SecretBytes.fromRawBytes(cloudsYaml.getBytes(StandardCharsets.UTF_8))));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    enum Loss {
        KILLED,
        DISCONNECTED
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void anUploadBeginsAgainAndEndsWithOneImage(Loss loss, OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                writeFile file: 'disk.raw', text: 'x' * 2000000
                def image = glanceUpload file: 'disk.raw', name: 'of a killed agent', credentialsId: 'of this test', diskFormat: 'raw'
                echo "ended with ${image.status}"
                """);
        awaitAnUnfinishedImage(cloud, build);

        lose(loss);
        jenkins.waitForMessage("waiting for it to come back", build);
        comeBack();

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("agent '" + agent.getNodeName() + "' was lost in the middle of glanceUpload", build);
        jenkins.assertLogContains("The agent is back: glanceUpload begins again", build);
        jenkins.assertLogContains("ended with active", build);
        assertNoTrace(build);
        assertThat(cloud.images())
                .filteredOn(image -> image.path("name").asText().equals("of a killed agent"))
                .hasSize(1);
        assertThat(cloud.unfinishedImages()).isEmpty();
        cloud.deleteImages("of a killed agent");
    }

    @Test
    void anUploadThatMayNotBeginAgainSaysSoAndLeavesNoImage(OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                writeFile file: 'disk.raw', text: 'x' * 2000000
                glanceUpload file: 'disk.raw', name: 'once', credentialsId: 'of this test', diskFormat: 'raw', retries: 0
                """);
        awaitAnUnfinishedImage(cloud, build);

        kill();

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("agent '" + agent.getNodeName() + "' was lost in the middle of glanceUpload", build);
        assertNoTrace(build);
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void anUploadThatIsAbortedWhileItsAgentIsAwayEnds(OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                writeFile file: 'disk.raw', text: 'x' * 2000000
                glanceUpload file: 'disk.raw', name: 'away', credentialsId: 'of this test', diskFormat: 'raw'
                """);
        awaitAnUnfinishedImage(cloud, build);
        kill();
        jenkins.waitForMessage("waiting for it to come back", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertNoTrace(build);
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void aStoppedUploadIsOneLine(OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                writeFile file: 'disk.raw', text: 'x' * 2000000
                glanceUpload file: 'disk.raw', name: 'stopped', credentialsId: 'of this test', diskFormat: 'raw'
                """);
        String id = awaitAnUnfinishedImage(cloud, build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("[glanceUpload] aborted; image " + id + " is deleted", build);
        assertNoTrace(build);
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void aRefusalOfGlanceOnAnAgentIsOneSentence(OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Status(409));
        WorkflowRun build = started("""
                writeFile file: 'disk.raw', text: 'x' * 2000
                glanceUpload file: 'disk.raw', name: 'refused', credentialsId: 'of this test', diskFormat: 'raw', retries: 0
                """);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogNotContains("Remote call to", build);
        assertNoTrace(build);
    }

    @Test
    void aFreestyleUploadFailsWithOneSentence(OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Slow(SLOWLY));
        FreeStyleBuild build = startedFreestyle();
        awaitAnUnfinishedImage(cloud, build);

        kill();

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("agent '" + agent.getNodeName() + "' was lost in the middle of glanceUpload", build);
        assertThat(build.getLog(1000)).noneMatch(line -> line.contains("io.jenkins.plugins.imagefactory"));
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void aStoppedFreestyleUploadIsOneLine(OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Slow(SLOWLY));
        FreeStyleBuild build = startedFreestyle();
        String id = awaitAnUnfinishedImage(cloud, build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("[glanceUpload] aborted; image " + id + " is deleted", build);
        assertNoTrace(build);
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void aDownloadBeginsAgain(OpenStack cloud) throws Exception {
        proxy.on(1, "GET", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                writeFile file: 'disk.raw', text: 'x' * 2000000
                def image = glanceUpload file: 'disk.raw', name: 'to download', credentialsId: 'of this test', diskFormat: 'raw'
                glanceDownload image: image.id, file: 'back.raw', credentialsId: 'of this test'
                echo "ended with ${readFile('back.raw').length()} letters"
                """);
        awaitAHalfFile(build);

        kill();
        jenkins.waitForMessage("waiting for it to come back", build);
        comeBack();

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("glanceDownload begins again", build);
        jenkins.assertLogContains("ended with 2000000 letters", build);
        assertNoTrace(build);
        cloud.deleteImages("to download");
    }

    @Test
    void aDownloadThatWasAbortedWhileItsAgentWasAwayIsGoneOnWithByTheNext(OpenStack cloud) throws Exception {
        proxy.on(1, "GET", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                if (currentBuild.number == 1) {
                    writeFile file: 'disk.raw', text: 'x' * 2000000
                    glanceUpload file: 'disk.raw', name: 'to go on with', credentialsId: 'of this test', diskFormat: 'raw'
                }
                glanceDownload image: 'to go on with', file: 'back.raw', credentialsId: 'of this test'
                echo "ended with ${readFile('back.raw').length()} letters"
                """);
        awaitAHalfFile(build);
        kill();
        jenkins.waitForMessage("waiting for it to come back", build);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertNoTrace(build);
        comeBack();

        WorkflowRun next = jenkins.buildAndAssertSuccess(build.getParent());

        jenkins.assertLogContains("ended with 2000000 letters", next);
        assertThat(agent.getWorkspaceFor(build.getParent()).list())
                .extracting(FilePath::getName)
                .containsExactlyInAnyOrder("disk.raw", "back.raw");
        cloud.deleteImages("to go on with");
    }

    private FilePath awaitAHalfFile(WorkflowRun build) throws Exception {
        FilePath workspace = agent.getWorkspaceFor(build.getParent());
        while (!workspace.exists() || workspace.list(".back.raw.*.part").length == 0) {
            assertThat(build.isBuilding()).isTrue();
            Thread.sleep(50);
        }
        return workspace;
    }

    @Test
    void aConversionBeginsAgain() throws Exception {
        WorkflowRun build = started("""
                sh 'head -c 200000000 /dev/urandom > disk.img'
                def made = imageConvert file: 'disk.img', format: 'qcow2', compress: true
                echo "ended with ${made.path}"
                """);
        FilePath workspace = agent.getWorkspaceFor(build.getParent());
        while (!workspace.exists() || workspace.list(".imageConvert*/disk.qcow2").length == 0) {
            assertThat(build.isBuilding()).isTrue();
            Thread.sleep(50);
        }

        kill();
        jenkins.waitForMessage("waiting for it to come back", build);
        comeBack();

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("imageConvert begins again", build);
        jenkins.assertLogContains("ended with disk.qcow2", build);
        assertNoTrace(build);
        assertThat(agent.getWorkspaceFor(build.getParent()).list())
                .extracting(FilePath::getName)
                .containsExactlyInAnyOrder("disk.img", "disk.qcow2");
    }

    @Test
    void aRenderingBeginsAgain() throws Exception {
        WorkflowRun build = started("""
                writeFile file: 'a.yaml.j2', text: 'a: {% for i in range(9000000) %}{% if i == 0 %}{{ i }}{% endif %}{% endfor %}'
                heatRender 'a.yaml.j2'
                echo "ended with ${readFile('target/heat/a.yaml').trim()}"
                """);
        awaitTheTemplateEngine(build);

        kill();
        comeBack();

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("heatRender begins again", build);
        jenkins.assertLogContains("ended with a: 0", build);
        assertNoTrace(build);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void packerGoesOnAndNothingThatItPrintedIsLost(Loss loss) throws Exception {
        PausingPacker packer = new PausingPacker(directory);
        WorkflowRun build = started("""
                writeFile file: 't.json', text: '''%s'''
                def result = packerBuild 't.json'
                echo "ended with ${result.builds[0].status}"
                """.formatted(packer.template()));
        jenkins.waitForMessage(PausingPacker.PAUSES, build);

        lose(loss);
        jenkins.waitForMessage("Packer goes on there", build);
        packer.goOn();
        comeBack();

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("ended with success", build);
        assertThat(build.getLog(1000))
                .filteredOn(line -> line.startsWith("    null: line "))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 10)
                        .mapToObj(number -> "    null: line " + number)
                        .toList());
        assertThat(packer.starts()).hasContent("started");
        assertNoTrace(build);
    }

    @Test
    void aStoppedDownloadLeavesNoHalfFile() throws Exception {
        proxy.on(1, "GET", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                writeFile file: 'disk.raw', text: 'x' * 2000000
                def image = glanceUpload file: 'disk.raw', name: 'to download', credentialsId: 'of this test', diskFormat: 'raw'
                glanceDownload image: image.id, file: 'back.raw', credentialsId: 'of this test'
                """);
        FilePath workspace = awaitAHalfFile(build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("[glanceDownload] aborted", build);
        assertNoTrace(build);
        assertThat(workspace.list()).extracting(FilePath::getName).containsExactly("disk.raw");
    }

    @Test
    void transfersWhoseTimeIsUpLeaveNothing(OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Slow(SLOWLY)).on(1, "GET", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                writeFile file: 'disk.raw', text: 'x' * 2000000
                def parameters = [file: 'disk.raw', name: 'late', credentialsId: 'of this test', diskFormat: 'raw']
                try {
                    glanceUpload(parameters + [timeout: 3])
                } catch (e) {
                    echo "upload: $e.message"
                }
                def image = glanceUpload(parameters)
                glanceDownload image: image.id, file: 'back.raw', credentialsId: 'of this test', timeout: 3
                """);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("upload: the transfer was given up because the time is up", build);
        jenkins.assertLogContains("ERROR: the transfer was given up because the time is up", build);
        assertNoTrace(build);
        assertThat(agent.getWorkspaceFor(build.getParent()).list())
                .extracting(FilePath::getName)
                .containsExactly("disk.raw");
        assertThat(cloud.unfinishedImages()).isEmpty();
        cloud.deleteImages("late");
    }

    @Test
    void aFileThatShrinksUnderItsUploadIsTheAgentsFaultAndNotTriedAgain(OpenStack cloud) throws Exception {
        proxy.on(1, "PUT", ".*/file", new Fault.Slow(SLOWLY));
        WorkflowRun build = started("""
                sh 'head -c 40000000 /dev/zero > disk.raw'
                glanceUpload file: 'disk.raw', name: 'shrinking', credentialsId: 'of this test', diskFormat: 'raw', retries: 3
                """);
        awaitAnUnfinishedImage(cloud, build);
        while (!cloud.unfinishedImages().get(0).path("status").asText().equals("saving")) {
            assertThat(build.isBuilding()).isTrue();
            Thread.sleep(50);
        }

        FilePath file = agent.getWorkspaceFor(build.getParent()).child("disk.raw");
        file.write("", "UTF-8");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains(
                file.getRemote()
                        + " could not be read: it became shorter while it was uploaded: that is a matter of agent '"
                        + agent.getNodeName() + "'",
                build);
        jenkins.assertLogNotContains("Trying again", build);
        assertNoTrace(build);
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void aStoppedRenderingLeavesNoFile() throws Exception {
        WorkflowRun build = started("""
                writeFile file: 'a.yaml.j2', text: 'a: {% for i in range(9000000) %}{% if i == 0 %}{{ i }}{% endif %}{% endfor %}'
                heatRender 'a.yaml.j2'
                """);
        awaitTheTemplateEngine(build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("[heatRender] aborted", build);
        assertNoTrace(build);
        assertThat(agent.getWorkspaceFor(build.getParent()).list())
                .extracting(FilePath::getName)
                .containsExactly("a.yaml.j2");
    }

    private WorkflowRun started(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node('" + agent.getNodeName() + "') {\n" + script + "\n}", true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private FreeStyleBuild startedFreestyle() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(agent);
        agent.getWorkspaceFor(job).child("disk.raw").write("x".repeat(2_000_000), "UTF-8");
        GlanceUploadStep step = new GlanceUploadStep("disk.raw");
        step.setDiskFormat("raw");
        step.setCredentialsId("of this test");
        job.getBuildersList().add(new GlanceUploadBuilder(step));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static String awaitAnUnfinishedImage(OpenStack cloud, Run<?, ?> build) throws InterruptedException {
        while (cloud.unfinishedImages().isEmpty()) {
            assertThat(build.isBuilding()).isTrue();
            Thread.sleep(50);
        }
        return cloud.unfinishedImages().get(0).path("id").asText();
    }

    private void awaitTheTemplateEngine(Run<?, ?> build) throws Exception {
        while (!agent.getChannel().call(new IsRendering())) {
            assertThat(build.isBuilding()).isTrue();
            Thread.sleep(50);
        }
    }

    private void lose(Loss loss) throws Exception {
        if (loss == Loss.KILLED) {
            kill();
        } else {
            agent.toComputer()
                    .disconnect(new OfflineCause.ChannelTermination(new IOException("lost")))
                    .get();
        }
    }

    private void kill() throws Exception {
        long pid = agent.getChannel().call(new Pid());
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        while (agent.toComputer().isOnline()) {
            Thread.sleep(50);
        }
    }

    private void comeBack() throws Exception {
        agent.toComputer().connect(true).get();
    }

    private static void assertNoTrace(Run<?, ?> build) throws Exception {
        assertThat(build.getLog(1000)).noneMatch(line -> line.startsWith("\tat "));
    }

    private static final class IsRendering extends MasterToSlaveCallable<Boolean, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean call() {
            return Thread.getAllStackTraces().values().stream()
                    .flatMap(Stream::of)
                    .anyMatch(frame -> frame.getClassName().startsWith("io.jenkins.plugins.imagefactory.jinja."));
        }
    }

    private static final class Pid extends MasterToSlaveCallable<Long, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }
}
