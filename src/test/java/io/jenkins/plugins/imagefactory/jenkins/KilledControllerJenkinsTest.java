package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.ServerCertificate;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackApplicationCredential;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatStackBuildWrapper;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.WithHeatStackStep;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Jenkins in a process of its own, which is ended in the middle of a step, mostly killed (SIGKILL), and started again. */
@ExtendWith(OpenStackExtension.class)
class KilledControllerJenkinsTest {
    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-Djenkins.model.Jenkins.slaveAgentPort=-1");

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    Path directory;

    @Test
    void packerGoesOnAndNothingThatItPrintedIsLost() throws Throwable {
        PausingPacker packer = new PausingPacker(directory);
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerJenkinsTest::start, """
                node {
                    writeFile file: 't.json', text: '''%s'''
                    def result = packerBuild 't.json'
                    echo "ended with ${result.builds[0].status}"
                    def lines = readFile('packer.latest.log').readLines().findAll { it =~ /null: line [0-9]+$/ }
                    echo "its log has ${lines.size()} lines"
                }
                """.formatted(packer.template()), PausingPacker.PAUSES);

        controller.stopJenkinsForcibly();
        packer.goOn();
        controller.startJenkins();

        controller.runRemotely(KilledControllerJenkinsTest::assertSuccess, "its log has 10 lines");
    }

    @Test
    void aShutdownIsNoLostAgent() throws Throwable {
        PausingPacker packer = new PausingPacker(directory);
        controller.startJenkins();
        agents.createAgent(
                controller,
                InboundAgentExtension.Options.newBuilder()
                        .name("remote")
                        .label("builder")
                        .webSocket()
                        .build());
        controller.runRemotely(
                KilledControllerJenkinsTest::start, """
                node('builder') {
                    writeFile file: 't.json', text: '''%s'''
                    def result = packerBuild 't.json'
                    echo "ended with ${result.builds[0].status}"
                }
                """.formatted(packer.template()), PausingPacker.PAUSES);

        terminate();
        packer.goOn();
        controller.startJenkins();

        controller.runRemotely(KilledControllerJenkinsTest::assertSuccess, "ended with success");
        controller.runRemotely(KilledControllerJenkinsTest::assertNoAgentWasLost);
    }

    @Test
    void anUploadBeginsAgainAndEndsWithOneImage(OpenStack cloud) throws Throwable {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.Slow(100_000));
            controller.startJenkins();
            controller.runRemotely(
                    KilledControllerJenkinsTest::store, cloudsYaml(cloud, "image_endpoint_override: " + proxy.url()));
            controller.runRemotely(KilledControllerJenkinsTest::start, """
                    node {
                        writeFile file: 'disk.raw', text: 'x' * 2000000
                        def image = glanceUpload file: 'disk.raw', name: 'of a killed controller', credentialsId: 'of this test', diskFormat: 'raw'
                        echo "ended with ${image.status}"
                    }
                    """, "Uploading");
            while (cloud.unfinishedImages().isEmpty()) {
                Thread.sleep(50);
            }

            controller.stopJenkinsForcibly();
            controller.startJenkins();

            controller.runRemotely(KilledControllerJenkinsTest::assertSuccess, "ended with active");
            assertThat(cloud.unfinishedImages()).isEmpty();
            assertThat(cloud.images())
                    .filteredOn(image -> image.path("name").asText().equals("of a killed controller"))
                    .hasSize(1);
        }
        cloud.deleteImages("of a killed controller");
    }

    @Test
    void whatAFreestyleBuildLeftOnItsNodeIsRemoved() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(KilledControllerJenkinsTest::startFreestyle);
        Path beside = controller.getHome().toPath().resolve("workspace/killed@tmp");

        controller.stopJenkinsForcibly();
        assertThat(isRunning("sleep 86394")).isTrue();
        assertThat(beside).isNotEmptyDirectory();
        controller.startJenkins();

        while (isRunning("sleep 86394") || beside.toFile().list().length > 0) {
            Thread.sleep(100);
        }
    }

    @Test
    void whatAPipelineThatJenkinsDoesNotKeepLeftIsRemoved(OpenStack cloud) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(KilledControllerJenkinsTest::store, cloudsYaml(cloud, ""));
        controller.runRemotely(KilledControllerJenkinsTest::startUnkept, """
                node {
                    writeFile file: 't.json', text: '''
                        {"builders": [{"type": "null", "communicator": "none"}],
                         "provisioners": [{"type": "shell-local", "inline": ["echo I am running; sleep 86395"]}]}
                    '''
                    withOpenStack(credentialsId: 'of this test', clouds: true) {
                        packerBuild 't.json'
                    }
                }
                """, "null: I am running");
        Path beside = controller.getHome().toPath().resolve("workspace/killed@tmp");

        controller.stopJenkinsForcibly();
        assertThat(isRunning("sleep 86395")).isTrue();
        assertThat(left(beside)).hasSize(2);
        controller.startJenkins();

        while (isRunning("sleep 86395") || !left(beside).isEmpty()) {
            Thread.sleep(100);
        }
    }

    private static List<Path> left(Path beside) throws IOException {
        try (Stream<Path> all = Files.list(beside)) {
            return all.filter(path -> path.getFileName().toString().matches("(openstack|packer).*"))
                    .toList();
        }
    }

    @Test
    void theHalfImageOfAPipelineThatJenkinsDoesNotKeepIsDeleted(OpenStack cloud) throws Throwable {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.Slow(100_000));
            controller.startJenkins();
            controller.runRemotely(
                    KilledControllerJenkinsTest::store, cloudsYaml(cloud, "image_endpoint_override: " + proxy.url()));
            controller.runRemotely(KilledControllerJenkinsTest::startUnkept, """
                    node {
                        writeFile file: 'disk.raw', text: 'x' * 2000000
                        glanceUpload file: 'disk.raw', credentialsId: 'of this test', diskFormat: 'raw'
                    }
                    """, "Uploading");
            while (cloud.unfinishedImages().isEmpty()) {
                Thread.sleep(50);
            }

            controller.stopJenkinsForcibly();
            controller.startJenkins();

            while (!cloud.unfinishedImages().isEmpty()) {
                Thread.sleep(100);
            }
        }
    }

    @Test
    void theStackThatAFreestyleBuildRanInIsDeleted(OpenStack cloud) throws Throwable {
        cloud.heat(Project.FACTORY);
        Stacks stacks = Stacks.of(TestSessions.of(cloud, User.BUILDER, Project.FACTORY));
        controller.startJenkins();
        // Heat keeps a trust for a stack, which no application credential may give.
        controller.runRemotely(KilledControllerJenkinsTest::store, """
                clouds:
                  test:
                    auth: {auth_url: '%s', username: %s, password: "%s", project_name: %s, user_domain_name: default,
                           project_domain_name: default}
                """.formatted(
                cloud.authUrl(), User.BUILDER.name(), escaped(User.BUILDER.password()), Project.FACTORY.name()));
        controller.runRemotely(KilledControllerJenkinsTest::startInStack);
        assertThat(stacks.find("killed-1")).isPresent();

        controller.stopJenkinsForcibly();
        controller.startJenkins();

        while (stacks.find("killed-1").isPresent()) {
            Thread.sleep(100);
        }
        Files.createFile(controller.getHome().toPath().resolve("workspace/killed/go"));
        controller.runRemotely(KilledControllerJenkinsTest::assertToldThatItsStackIsDeleted);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static void startInStack(JenkinsRule jenkins) throws Throwable {
        FreeStyleProject job = jenkins.createFreeStyleProject("killed");
        WithHeatStackStep around = new WithHeatStackStep("stack.yaml");
        around.setCredentialsId("of this test");
        jenkins.jenkins.getWorkspaceFor(job).child("stack.yaml").write("""
                heat_template_version: 2018-08-31
                resources:
                  some: {type: OS::Heat::RandomString}
                """, "UTF-8");
        job.getBuildWrappersList().add(new HeatStackBuildWrapper(around));
        job.getBuildersList().add(new Shell("echo inside $STACK_NAME; until [ -e go ]; do sleep 1; done"));
        jenkins.waitForMessage("inside killed-1", job.scheduleBuild2(0).waitForStart());
    }

    private static void assertToldThatItsStackIsDeleted(JenkinsRule jenkins) throws Throwable {
        jenkins.assertLogContains(
                ") was left when its build ended, so it is deleted",
                jenkins.jenkins
                        .getItemByFullName("killed", FreeStyleProject.class)
                        .getBuildByNumber(1));
    }

    @Test
    void packerKeepsTheCaCertificateOfItsCloud(OpenStack cloud) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerJenkinsTest::configure,
                cloud.authUrl().toString(),
                cloud.applicationCredential().id(),
                cloud.applicationCredential().secret(),
                ServerCertificate.of(directory.resolve("keys.p12")).pem());
        Path go = directory.resolve("go");
        controller.runRemotely(KilledControllerJenkinsTest::start, """
                node {
                    writeFile file: 't.json', text: '''
                        {"builders": [{"type": "null", "communicator": "none"}],
                         "provisioners": [{"type": "shell-local", "inline": [
                             "echo I am running; until [ -e %s ]; do sleep 1; done; echo it says $(grep -c CERTIFICATE \\\\"$OS_CACERT\\\\")"]}]}
                    '''
                    packerBuild template: 't.json', cloud: 'of its own'
                }
                """.formatted(go), "null: I am running");
        Path beside = controller.getHome().toPath().resolve("workspace/killed@tmp");

        controller.stopJenkinsForcibly();
        controller.startJenkins();
        Files.createFile(go);

        controller.runRemotely(KilledControllerJenkinsTest::assertSuccess, "null: it says 2");
        assertThat(left(beside)).isEmpty();
    }

    private static void configure(JenkinsRule jenkins, String authUrl, String id, String secret, String pem)
            throws Throwable {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StoredOpenStackApplicationCredential(
                        CredentialsScope.GLOBAL, "application", "", id, Secret.fromString(secret)));
        SystemCredentialsProvider.getInstance().save();
        OpenStackCloud cloud = new OpenStackCloud("of its own", authUrl, "application");
        cloud.setCaCertificate(pem);
        OpenStackClouds.get().setClouds(List.of(cloud));
    }

    private static void startFreestyle(JenkinsRule jenkins) throws Throwable {
        FreeStyleProject job = jenkins.createFreeStyleProject("killed");
        jenkins.jenkins.getWorkspaceFor(job).child("t.json").write("""
                {"builders": [{"type": "null", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "inline": ["echo I am running; sleep 86394"]}]}
                """, "UTF-8");
        job.getBuildersList().add(new PackerBuildBuilder(new PackerBuildStep("t.json")));
        jenkins.waitForMessage("null: I am running", job.scheduleBuild2(0).waitForStart());
    }

    private static boolean isRunning(String command) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith(command));
    }

    @Test
    void theFilesOfABlockAreRemovedWhenItEnds(OpenStack cloud) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(KilledControllerJenkinsTest::store, cloudsYaml(cloud, ""));
        controller.runRemotely(KilledControllerJenkinsTest::start, """
                node {
                    withOpenStack(credentialsId: 'of this test', clouds: true) {
                        sh 'ls "$OS_CLIENT_CONFIG_FILE"; until [ -e go ]; do sleep 1; done; ls "$OS_CLIENT_CONFIG_FILE"; echo still there'
                    }
                }
                """, "/clouds.yaml");
        Path workspace = controller.getHome().toPath().resolve("workspace/killed");

        controller.stopJenkinsForcibly();
        controller.startJenkins();
        Files.createFile(workspace.resolve("go"));

        controller.runRemotely(KilledControllerJenkinsTest::assertSuccess, "still there");
        try (Stream<Path> left = Files.walk(workspace.resolveSibling("killed@tmp"))) {
            assertThat(left).noneMatch(file -> file.endsWith("clouds.yaml"));
        }
    }

    private static String cloudsYaml(OpenStack cloud, String more) {
        ApplicationCredential credential = cloud.applicationCredential();
        return """
                clouds:
                  test:
                    auth: {auth_url: '%s', application_credential_id: %s, application_credential_secret: "%s"}
                    %s
                """.formatted(
                        cloud.authUrl(), credential.id(), credential.secret().replace("\"", "\\\""), more);
    }

    /** By SIGTERM. */
    private void terminate() throws Throwable {
        ProcessHandle process = ProcessHandle.of(controller.runRemotely(KilledControllerJenkinsTest::pid))
                .orElseThrow();
        process.destroy();
        process.onExit().get();
        controller.stopJenkinsForcibly();
    }

    private static Long pid(JenkinsRule jenkins) {
        return ProcessHandle.current().pid();
    }

    private static void assertNoAgentWasLost(JenkinsRule jenkins) throws Throwable {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("killed", WorkflowJob.class).getBuildByNumber(1);
        assertThat(build.getLog(1000))
                .noneMatch(line -> line.contains("Lost the agent") || line.contains("was lost"))
                .noneMatch(line -> line.startsWith("\tat "));
    }

    private static void store(JenkinsRule jenkins, String cloudsYaml) throws Throwable {
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

    private static void start(JenkinsRule jenkins, String script, String message) throws Throwable {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "killed");
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.waitForMessage(message, job.scheduleBuild2(0).waitForStart());
    }

    /** Of whose Pipeline Jenkins writes nothing before it ends. */
    private static void startUnkept(JenkinsRule jenkins, String script, String message) throws Throwable {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "killed");
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.waitForMessage(message, job.scheduleBuild2(0).waitForStart());
    }

    private static void assertSuccess(JenkinsRule jenkins, String message) throws Throwable {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("killed", WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        jenkins.assertLogContains(message, build);
    }
}
