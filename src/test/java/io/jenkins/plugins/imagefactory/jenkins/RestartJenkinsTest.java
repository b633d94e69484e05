package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.BlockStorage;
import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUploadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@ExtendWith(OpenStackExtension.class)
class RestartJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    @Test
    void packerOutlivesARestartOfTheControllerAndNothingItPrintedIsLost() throws Throwable {
        PausingPacker packer = new PausingPacker(directory);
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                        writeFile file: 'slow.json', text: '''%s'''
                        def result = packerBuild 'slow.json'
                        echo "ended with ${result.builds[0].status} after ${result.builds[0].steps*.name}"
                    }
                    """.formatted(packer.template()), true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage(PausingPacker.PAUSES, build);
        });
        packer.goOn();
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("restarted", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("ended with success after [Running local shell script", build);
            Path log = build.getRootDir().toPath().resolve("archive/packer.latest.log");
            for (int i = 1; i <= 10; i++) {
                String line = "    null: line " + i;
                assertThat(build.getLog(1000)).filteredOn(line::equals).hasSize(1);
                assertThat(Files.readAllLines(log))
                        .filteredOn(logged -> logged.endsWith(line))
                        .hasSize(1);
            }
            assertThat(packer.starts()).hasContent("started");
        });
    }

    @Test
    void diskImageCreateOutlivesARestartOfTheController() throws Throwable {
        assumeTrue(DiskImageBuilder.canMount(), "disk-image-create mounts, and this machine does not let it");
        Path workspace = Files.createDirectory(directory.resolve("workspace"));
        Path restarted = directory.resolve("restarted");
        DiskImageBuilder.copyElementsTo(workspace.resolve("elements"));
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
            job.setDefinition(
                    new CpsFlowDefinition("""
                    node {
                        ws('%s') {
                            def built = diskImageBuild(elements: ['tiny-root', 'waiting'], elementsPath: ['elements'],
                                options: ['-n'], release: 'x', size: 1, env: [TINY_BUSYBOX: '%s', WAITING_FOR: '%s'])
                            echo "ended with ${built.image} of ${built.images[0].size} bytes"
                        }
                    }
                    """.formatted(workspace, DiskImageBuilder.busybox(), restarted), true));
            jenkins.waitForMessage(
                    "the element is waiting", job.scheduleBuild2(0).waitForStart());
        });
        Files.createFile(restarted);
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("restarted", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("disk-image-create went on: reading on", build);
            jenkins.assertLogContains(
                    "ended with image.qcow2 of " + Files.size(workspace.resolve("image.qcow2")) + " bytes", build);
        });
    }

    @Test
    void anUploadThatARestartBreaksOffBeginsAgainAndEndsWithOneImage(OpenStack cloud) throws Throwable {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.Slow(100_000));
            sessions.then(jenkins -> {
                store(cloudsYaml(cloud, "image", proxy.url()));
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
                job.setDefinition(new CpsFlowDefinition("""
                        node {
                            writeFile file: 'disk.raw', text: 'x' * 2000000
                            def image = glanceUpload file: 'disk.raw', name: 'restarted', credentialsId: 'of this test', diskFormat: 'raw', protected: true
                            echo "ended with ${image.status} ${image.protected}"
                        }
                        """, true));
                job.scheduleBuild2(0).waitForStart();
                while (cloud.unfinishedImages().isEmpty()) {
                    Thread.sleep(50);
                }
            });
            sessions.then(jenkins -> {
                WorkflowRun build = jenkins.jenkins
                        .getItemByFullName("restarted", WorkflowJob.class)
                        .getBuildByNumber(1);
                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
                jenkins.assertLogContains("was broken off, so it is deleted and begins again", build);
                jenkins.assertLogContains("ended with active true", build);
                assertThat(images(cloud, "restarted")).hasSize(1);
            });
        } finally {
            delete(cloud, "restarted");
        }
    }

    @Test
    void anUploadThatWasWholeBeforeARestartIsTakenAndNotSentAgain(OpenStack cloud) throws Throwable {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PATCH", ".*", new Fault.Slow(5));
            sessions.then(jenkins -> {
                store(cloudsYaml(cloud, "image", proxy.url()));
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
                job.setDefinition(new CpsFlowDefinition("""
                        node {
                            writeFile file: 'disk.raw', text: 'x' * 2000
                            def image = glanceUpload file: 'disk.raw', name: 'whole before', credentialsId: 'of this test',
                                diskFormat: 'raw', protected: true, ifExists: 'error'
                            echo "ended with ${image.name} ${image.protected} ${image.sha256.size()}"
                        }
                        """, true));
                job.scheduleBuild2(0).waitForStart();
                while (proxy.requests().stream().noneMatch(request -> request.startsWith("PATCH"))) {
                    Thread.sleep(50);
                }
            });
            sessions.then(jenkins -> {
                WorkflowRun build = jenkins.jenkins
                        .getItemByFullName("restarted", WorkflowJob.class)
                        .getBuildByNumber(1);
                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
                jenkins.assertLogContains("was whole already", build);
                jenkins.assertLogContains("ended with whole before true 64", build);
                assertThat(proxy.requests())
                        .filteredOn(request -> request.startsWith("PUT"))
                        .hasSize(1);
                assertThat(images(cloud, "whole before")).hasSize(1);
            });
        } finally {
            delete(cloud, "whole before");
        }
    }

    @Test
    void anAbortLeavesNoProtectedImage(OpenStack cloud) throws Throwable {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.Slow(100_000));
            sessions.then(jenkins -> {
                store(cloudsYaml(cloud, "image", proxy.url()));
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "aborted");
                job.setDefinition(new CpsFlowDefinition("""
                        node {
                            writeFile file: 'disk.raw', text: 'x' * 2000000
                            glanceUpload file: 'disk.raw', name: 'aborted', credentialsId: 'of this test', diskFormat: 'raw',
                                protected: true
                        }
                        """, true));
                WorkflowRun build = job.scheduleBuild2(0).waitForStart();
                while (cloud.unfinishedImages().isEmpty()) {
                    Thread.sleep(50);
                }
                build.doStop();

                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
                assertThat(images(cloud, "aborted")).isEmpty();
            });
        }
    }

    @Test
    void theHalfImageOfAFreestyleBuildIsDeletedWhenJenkinsStartsAndItsCloudIsThere(OpenStack cloud) throws Throwable {
        FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl());
        try {
            proxy.on(1, "PUT", ".*/file", new Fault.Slow(100_000));
            sessions.then(jenkins -> {
                store(cloudsYaml(cloud, "image", proxy.url()));
                GlanceUploadStep step = new GlanceUploadStep("disk.raw");
                step.setName("freestyle");
                step.setProtected(true);
                step.setDiskFormat("raw");
                step.setCredentialsId("of this test");
                FreeStyleProject job = jenkins.createFreeStyleProject("killed");
                job.getBuildersList().add(new Shell("head -c 2000000 /dev/zero | tr '\\0' x > disk.raw"));
                job.getBuildersList().add(new GlanceUploadBuilder(step));
                job.scheduleBuild2(0).waitForStart();
                while (cloud.unfinishedImages().isEmpty()) {
                    Thread.sleep(50);
                }
                proxy.close();
            });
            assertThat(images(cloud, "freestyle")).hasSize(1);
            sessions.then(jenkins -> {
                awaitInLog("that is tried again", jenkins);
                assertThat(images(cloud, "freestyle")).hasSize(1);
                SystemCredentialsProvider.getInstance().getCredentials().clear();
                store(cloudsYaml(cloud, "image", cloud.glanceUrl()));
            });
            sessions.then(jenkins -> {
                awaitInLog("so it is deleted", jenkins);
                assertThat(images(cloud, "freestyle")).isEmpty();
            });
        } finally {
            proxy.close();
            delete(cloud, "freestyle");
        }
    }

    /** The build itself ended with the first Jenkins. */
    private static void awaitInLog(String message, JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.jenkins
                .getItemByFullName("killed", FreeStyleProject.class)
                .getBuildByNumber(1);
        while (!JenkinsRule.getLog(build).contains(message)) {
            Thread.sleep(50);
        }
    }

    /** Those that have the name, or are on their way to it. */
    private static List<JsonNode> images(OpenStack cloud, String name) {
        return cloud.images().stream()
                .filter(image -> image.path("name").asText().startsWith(name))
                .toList();
    }

    private static void delete(OpenStack cloud, String name) {
        images(cloud, name)
                .forEach(image -> cloud.deleteImages(image.path("name").asText()));
    }

    @Test
    void anUploadThatCinderHasBegunGoesOnAfterARestart(OpenStack cloud) throws Throwable {
        BlockStorage storage = cloud.blockStorage(User.BUILDER, Project.FACTORY);
        String volume = storage.add("made by hand", 1);
        storage.hold(volume);
        sessions.then(jenkins -> {
            store(cloudsYaml(cloud, "block_storage", cloud.cinder()));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
            job.setDefinition(new CpsFlowDefinition("""
                    def image = volumeUpload volume: 'made by hand', name: 'of a volume, restarted', credentialsId: 'of this test'
                    echo "ended with ${image.name} ${image.status}"
                    """, true));
            jenkins.waitForMessage("is queued", job.scheduleBuild2(0).waitForStart());
        });
        storage.release(volume);
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("restarted", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("going on with the upload of volume", build);
            jenkins.assertLogContains("ended with of a volume, restarted active", build);
            assertThat(images(cloud, "of a volume, restarted")).hasSize(1);
        });
    }

    private static void store(String cloudsYaml) throws IOException {
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

    private static String cloudsYaml(OpenStack cloud, String service, URI address) {
        ApplicationCredential credential = cloud.applicationCredential();
        return """
                clouds:
                  test:
                    auth: {auth_url: '%s', application_credential_id: %s, application_credential_secret: "%s"}
                    %s_endpoint_override: %s
                """.formatted(
                        cloud.authUrl(), credential.id(), credential.secret().replace("\"", "\\\""), service, address);
    }
}
