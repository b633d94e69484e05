package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Fingerprint;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import hudson.tasks.Fingerprinter;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceShareBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUploadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatRenderBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceShareStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps in a real Jenkins, with the real Packer, Keystone and Glance. */
@WithJenkins
@ExtendWith(OpenStackExtension.class)
class PipelineJenkinsTest {
    private static final String CREDENTIALS = "cloud-builder";
    /** In seconds; by it the processes of this run are known. */
    private static final int LONG_TIME = ThreadLocalRandom.current().nextInt(1_000_000, 1_000_000_000);

    private static final String PACKER_TEMPLATE =
            "{\"builders\": [{\"type\": \"file\", \"name\": \"disk\", \"content\": \"raw disk\", \"target\": \"disk.img\"}]}";
    private static final String JENKINSFILE = """
            pipeline {
                agent { label 'builder' }
                stages {
                    stage('All') {
                        steps {
                            writeFile file: 'image.json', text: '%s'
                            writeFile file: 'stack.yaml.j2', text: 'heat_template_version: 2021-04-16\\n# {{ result_img_id }}\\n'
                            script {
                                def built = packerBuild 'image.json'
                                def image = glanceUpload file: built.image, name: 'jenkins', tags: ['t'], properties: [os_distro: 'x']
                                def share = glanceShare image: image.id, projects: ['dev']
                                def templates = heatRender template: 'stack.yaml.j2', output: 'target'
                                echo "built ${built.images[0].format} ${built.builds[0].status}"
                                echo "image ${image.id} is ${image.status}"
                                echo "shared ${share.projects[0].status}"
                                echo "rendered ${templates[0].output}"
                            }
                        }
                    }
                }
            }
            """.formatted(PACKER_TEMPLATE);

    @RegisterExtension
    private final InboundAgentExtension inboundAgents = new InboundAgentExtension();

    private JenkinsRule jenkins;
    private OpenStack cloud;

    @BeforeEach
    void configureTheCloud(JenkinsRule rule, OpenStack testCloud) throws Exception {
        jenkins = rule;
        cloud = testCloud;
        OpenStackCloud configured =
                new OpenStackCloud("testcloud", cloud.authUrl().toString(), CREDENTIALS);
        configured.setProject("factory");
        OpenStackClouds.get().setClouds(List.of(configured));
    }

    @Test
    void theWholeRoadInTheSandboxOnTheBuiltInNode() throws Exception {
        addGlobalCredentials();
        jenkins.jenkins.setLabelString("builder");

        assertTheWholeRoad(jenkins.buildAndAssertSuccess(pipeline(JENKINSFILE)));
    }

    @Test
    void theWholeRoadOnAnAgent() throws Exception {
        addGlobalCredentials();
        jenkins.createOnlineSlave(hudson.model.Label.get("builder"));

        assertTheWholeRoad(jenkins.buildAndAssertSuccess(pipeline(JENKINSFILE)));
    }

    @Test
    void theWholeRoadOnAnInboundAgent() throws Exception {
        addGlobalCredentials();
        inboundAgents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .webSocket()
                        .label("builder")
                        .build());

        assertTheWholeRoad(jenkins.buildAndAssertSuccess(pipeline(JENKINSFILE)));
    }

    @Test
    void theWholeRoadInAFreestyleJob() throws Exception {
        addGlobalCredentials();
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setScm(new org.jvnet.hudson.test.SingleFileSCM(
                "image.json", PACKER_TEMPLATE.getBytes(StandardCharsets.UTF_8)));
        GlanceUploadStep upload = new GlanceUploadStep("${IMAGE_FILE}");
        upload.setName("freestyle ${BUILD_NUMBER}");
        job.getBuildersList().add(new PackerBuildBuilder(new PackerBuildStep("image.json")));
        job.getBuildersList().add(new GlanceUploadBuilder(upload));
        job.getBuildersList().add(new GlanceShareBuilder(new GlanceShareStep("${IMAGE_ID}", "dev;prod-a")));
        HeatRenderStep render = new HeatRenderStep("image.json");
        render.setVars(Map.of("x", "y"));
        job.getBuildersList().add(new HeatRenderBuilder(render));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("Image 'freestyle 1' is active", build);
        jenkins.assertLogContains("prod-a  accepted", build);
        assertNoSecretIsStored(build);
    }

    @Test
    void freestyleBuildStepsRunInAPipelineToo() throws Exception {
        addGlobalCredentials();

        WorkflowRun build = jenkins.buildAndAssertSuccess(pipeline("""
                node {
                    writeFile file: 'disk.img', text: 'a disk of a build step'
                    step([$class: 'GlanceUploadBuilder', step: [file: 'disk.img', name: 'of a build step', tags: ['t'],
                        properties: [os_distro: 'x']]])
                    step([$class: 'GlanceShareBuilder',
                        step: [$class: 'GlanceShareStep', image: 'of a build step', projects: ['dev']]])
                }
                """));

        jenkins.assertLogContains("Image 'of a build step' is active", build);
        jenkins.assertLogContains("dev  accepted", build);
        String id = JenkinsRule.getLog(build).replaceAll("(?s).*is active with id ([0-9a-f-]{36}).*", "$1");
        assertThat(cloud.image(id).path("os_distro").asText()).isEqualTo("x");
        assertThat(cloud.image(id).path("tags")).hasSize(1);
    }

    @Test
    void theFingerprintOfAnImageTellsWhichBuildMadeItAndWhoUsedIt() throws Exception {
        addGlobalCredentials();
        jenkins.jenkins.setLabelString("builder");
        WorkflowRun maker = jenkins.buildAndAssertSuccess(pipeline(
                JENKINSFILE.replace("'jenkins'", "'fingerprinted'").replace("raw disk", "fingerprinted disk")));
        WorkflowRun user = jenkins.buildAndAssertSuccess(
                pipeline("node { glanceDownload image: 'fingerprinted', file: 'got.img' }"));

        Fingerprint fingerprint = jenkins.jenkins._getFingerprint(Digests.of(
                        Files.writeString(Files.createTempFile("disk", ".img"), "fingerprinted disk"),
                        Set.of(DigestAlgorithm.MD5))
                .get(DigestAlgorithm.MD5));

        assertThat(fingerprint.getFileName()).isEqualTo("disk.img");
        assertThat(fingerprint.getOriginal().is(maker)).isTrue();
        assertThat(fingerprint.getUsages())
                .containsOnlyKeys(
                        maker.getParent().getFullName(), user.getParent().getFullName());
        assertThat(maker.getAction(Fingerprinter.FingerprintAction.class).getRecords())
                .containsOnlyKeys("disk.img");
        assertThat(user.getAction(Fingerprinter.FingerprintAction.class).getRecords())
                .containsOnlyKeys("got.img");
    }

    @Test
    void credentialsOfAFolderAreSeenByItsJobsAndByNoOthers() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        FolderCredentialsProperty property =
                new FolderCredentialsProperty(new com.cloudbees.plugins.credentials.domains.DomainCredentials[] {
                    new com.cloudbees.plugins.credentials.domains.DomainCredentials(
                            Domain.global(), List.of(credentials()))
                });
        folder.addProperty(property);
        String share = "glanceShare image: 'no image of this name', projects: 'dev'";
        WorkflowJob inside = folder.createProject(WorkflowJob.class, "inside");
        inside.setDefinition(new CpsFlowDefinition(share, true));

        WorkflowRun seen = jenkins.buildAndAssertStatus(Result.FAILURE, inside);
        WorkflowRun unseen = jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(share));

        jenkins.assertLogContains("ERROR: there is no image 'no image of this name' in project 'factory'", seen);
        jenkins.assertLogContains(
                "ERROR: credentials 'cloud-builder' of OpenStack cloud 'testcloud' do not exist", unseen);
        jenkins.assertLogNotContains("\tat ", seen);
    }

    @Test
    void anAbortEndsPackerAndTheBuild() throws Exception {
        jenkins.jenkins.setLabelString("builder");
        WorkflowJob job = pipeline("""
                node('builder') {
                    writeFile file: 'slow.json', text: '{"builders": [{"type": "null", "communicator": "none"}], "provisioners": [{"type": "shell-local", "inline": ["echo I am running", "sleep %d"]}]}'
                    packerBuild 'slow.json'
                }
                """.formatted(LONG_TIME));
        QueueTaskFuture<WorkflowRun> future = job.scheduleBuild2(0);
        WorkflowRun build = future.waitForStart();
        jenkins.waitForMessage("null: I am running", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(ProcessHandle.allProcesses().map(ProcessHandle::info))
                .noneMatch(process -> process.commandLine().orElse("").contains("sleep " + LONG_TIME));
    }

    private void assertTheWholeRoad(WorkflowRun build) throws Exception {
        jenkins.assertLogContains("built raw success", build);
        jenkins.assertLogContains("shared accepted", build);
        jenkins.assertLogContains("rendered target/stack.yaml", build);
        String log = JenkinsRule.getLog(build);
        String id = log.replaceAll("(?s).*image ([0-9a-f-]{36}) is active.*", "$1");
        assertThat(cloud.image(id).path("size").asLong()).isEqualTo("raw disk".length());
        assertThat(cloud.members(id))
                .extracting(member -> member.path("member_id").asText())
                .containsExactly(cloud.id(Project.DEV));
        assertThat(build.getArtifactManager().root().list("**", null, true))
                .contains("disk.img", "SHA256SUM", "packer.latest.log", "target/stack.yaml")
                .anyMatch(artifact -> artifact.startsWith("packer-logs/image-"));
        assertNoSecretIsStored(build);
    }

    /** Of the build everything, of the rest of Jenkins' home the configuration. */
    private void assertNoSecretIsStored(Run<?, ?> build) throws IOException {
        assertNoSecretBelow(build.getRootDir().toPath(), file -> true);
        assertNoSecretBelow(
                jenkins.jenkins.getRootDir().toPath(), file -> file.toString().endsWith(".xml"));
    }

    private static void assertNoSecretBelow(Path directory, Predicate<Path> concerned) throws IOException {
        String password = User.BUILDER.password();
        String encoded = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(Files::isRegularFile).filter(concerned).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(password)
                        .doesNotContain(encoded);
            }
        }
    }

    private WorkflowJob pipeline(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static void addGlobalCredentials() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials());
        SystemCredentialsProvider.getInstance().save();
    }

    private static UsernamePasswordCredentialsImpl credentials() throws Exception {
        return new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, CREDENTIALS, null, User.BUILDER.name(), User.BUILDER.password());
    }
}
