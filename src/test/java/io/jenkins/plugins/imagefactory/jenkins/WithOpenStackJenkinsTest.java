package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.DumbSlave;
import hudson.tasks.Shell;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackApplicationCredential;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackPassword;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceShareBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.OpenStackBuildWrapper;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceShareStep;
import io.jenkins.plugins.imagefactory.jenkins.step.WithOpenStackStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blocks in which clients log in, in a real Jenkins on an agent; no secret is found anywhere afterwards. */
@WithJenkins
@ExtendWith(OpenStackExtension.class)
class WithOpenStackJenkinsTest {
    private static final String SHOW_PROJECT = "openstack token issue -f value -c project_id";

    private JenkinsRule jenkins;
    private OpenStack cloud;
    private DumbSlave agent;

    @BeforeEach
    void configure(JenkinsRule rule, OpenStack testCloud) throws Exception {
        jenkins = rule;
        cloud = testCloud;
        agent = jenkins.createOnlineSlave(Label.get("builder"));
        ApplicationCredential credential = cloud.applicationCredential();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .addAll(List.of(
                        new StoredOpenStackPassword(
                                CredentialsScope.GLOBAL,
                                "password",
                                "",
                                User.BUILDER.name(),
                                Secret.fromString(User.BUILDER.password())),
                        new StoredOpenStackApplicationCredential(
                                CredentialsScope.GLOBAL,
                                "application",
                                "",
                                credential.id(),
                                Secret.fromString(credential.secret()))));
        OpenStackCloud byPassword =
                new OpenStackCloud("testcloud", cloud.authUrl().toString(), "password");
        byPassword.setProject("factory");
        OpenStackCloud byCredential =
                new OpenStackCloud("other", cloud.authUrl().toString(), "application");
        OpenStackClouds.get().setClouds(List.of(byPassword, byCredential));
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    @Test
    void twoCloudsInOneBuildEachWithItsOwnLogin() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                node('builder') {
                    withOpenStack(cloud: 'testcloud', project: 'dev') {
                        sh '%1$s'
                        withOpenStack(cloud: 'other', clouds: true) { sh 'echo "<$OS_USERNAME>"; %1$s' }
                        def value = withOpenStack(cloud: 'other') { 'value of the body' }
                        echo value
                        sh 'echo again $OS_PROJECT_NAME'
                    }
                }
                """.formatted(SHOW_PROJECT));

        jenkins.assertLogContains(cloud.id(Project.DEV), run);
        jenkins.assertLogContains(cloud.id(Project.FACTORY), run);
        jenkins.assertLogContains("<>", run);
        jenkins.assertLogContains("value of the body", run);
        jenkins.assertLogContains("again dev", run);
        assertNoSecretIsLeft(run);
    }

    @Test
    void stepsInTheBlockNeedNoNodeAndWorkInItsProject() throws Exception {
        WorkflowRun run = run(
                Result.FAILURE,
                "withOpenStack(cloud: 'testcloud', project: 'dev') { glanceShare image: 'none', projects: 'factory' }");

        jenkins.assertLogContains("there is no image 'none' in project 'dev' of cloud 'testcloud'", run);
    }

    @Test
    void aTokenOfAnApplicationCredentialIsOfNoUse() throws Exception {
        jenkins.assertLogContains(
                "ERROR: withOpenStack(token: true) needs a password: ",
                run(Result.FAILURE, "withOpenStack(cloud: 'other', token: true) { echo 'in' }"));
    }

    @Test
    void noSecretIsLeftByABuildThatFailsInEveryWayItCan() throws Exception {
        String talkative = """
                set +e
                set -x
                env
                echo "$OS_PASSWORD$OS_APPLICATION_CREDENTIAL_SECRET"
                echo "$OS_PASSWORD" | base64 -w0; echo
                printf %%s "$OS_APPLICATION_CREDENTIAL_SECRET" | base64 -w0; echo
                test -z "$OS_CLIENT_CONFIG_FILE" || cat "$OS_CLIENT_CONFIG_FILE"
                PACKER_LOG=1 packer build packer.json
                openstack --debug token issue
                exit 1
                """;
        WorkflowRun run = run(Result.FAILURE, """
                def talk = '''%s'''
                node('builder') {
                    writeFile file: 'packer.json', text: '{"builders": [{"type": "openstack", "image_name": "x", "source_image": "y", "flavor": "z", "ssh_username": "root"}]}'
                    for (cloud in ['testcloud', 'other']) {
                        for (asFile in [false, true]) {
                            catchError { withOpenStack(cloud: cloud, clouds: asFile) { sh talk } }
                        }
                        catchError { withOpenStack(cloud: cloud) { packerBuild 'packer.json' } }
                        catchError { withOpenStack(cloud: cloud) { error "told: ${env.OS_PASSWORD}" } }
                        catchError { withOpenStack(cloud: cloud) { glanceUpload 'nothing' } }
                    }
                    catchError { withOpenStack(cloud: 'testcloud', token: true) { sh talk } }
                    withCredentials([openStackPassword(credentialsId: 'password'), openStackApplicationCredential(credentialsId: 'application')]) {
                        sh talk
                    }
                }
                """.formatted(talkative));

        jenkins.assertLogContains("No suitable endpoint could be found in the service catalog", run);
        jenkins.assertLogContains("****", run);
        assertNoSecretIsLeft(run);
    }

    @Test
    void aFreestyleJobLogsInAsItsBuildEnvironmentSays() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(agent);
        WithOpenStackStep login = new WithOpenStackStep();
        login.setCloud("testcloud");
        login.setProject("dev");
        job.getBuildWrappersList().add(new OpenStackBuildWrapper(login));
        job.getBuildersList()
                .add(new Shell(
                        "set +x; " + SHOW_PROJECT + "; echo \"<$OS_PASSWORD>\"; printf %s \"$OS_PASSWORD\" | wc -c"));
        job.getBuildersList().add(new GlanceShareBuilder(new GlanceShareStep("none", "factory")));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("In this block clients log in to project 'dev' of cloud 'testcloud' by OS_", build);
        jenkins.assertLogContains(cloud.id(Project.DEV), build);
        jenkins.assertLogContains("<****>\n" + User.BUILDER.password().length(), build);
        jenkins.assertLogContains("there is no image 'none' in project 'dev' of cloud 'testcloud'", build);
        assertNoSecretIsLeft(build);
    }

    @Test
    void aFreestyleJobsLoginByFileIsGoneWithItsBuildSteps() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(agent);
        WithOpenStackStep login = new WithOpenStackStep();
        login.setCloud("other");
        login.setClouds(true);
        job.getBuildWrappersList().add(new OpenStackBuildWrapper(login));
        job.getBuildersList().add(new Shell(SHOW_PROJECT + "; cat \"$OS_CLIENT_CONFIG_FILE\""));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains(cloud.id(Project.FACTORY), build);
        jenkins.assertLogContains("application_credential_secret", build);
        assertNoSecretIsLeft(build);
    }

    private void assertNoSecretIsLeft(Run<?, ?> run) throws IOException {
        for (Path tree : List.of(run.getParent().getRootDir().toPath(), Path.of(agent.getRemoteFS()))) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    for (String secret : List.of(
                            User.BUILDER.password(),
                            cloud.applicationCredential().secret())) {
                        assertThat(content)
                                .as(file.toString())
                                .doesNotContain(secret)
                                .doesNotContain(
                                        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            }
        }
    }
}
