package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@ExtendWith(OpenStackExtension.class)
class RestartJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void aStepThatARestartOfTheControllerInterruptedRunsAgain() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                        writeFile file: 'slow.json', text: '{"builders": [{"type": "null", "communicator": "none"}], "provisioners": [{"type": "shell-local", "inline": ["echo I am running", "sleep 5"]}]}'
                        def result = packerBuild 'slow.json'
                        echo "ended with ${result.builds[0].status}"
                    }
                    """, true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("null: I am running", build);
        });
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("restarted", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("ended with success", build);
        });
    }

    @Test
    void anUploadThatARestartBreaksOffBeginsAgainAndEndsWithOneImage(OpenStack cloud) throws Throwable {
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            proxy.on(1, "PUT", ".*/file", new Fault.Slow(100_000));
            sessions.then(jenkins -> {
                SystemCredentialsProvider.getInstance()
                        .getCredentials()
                        .add(new FileCredentialsImpl(
                                CredentialsScope.GLOBAL,
                                "slow",
                                "",
                                "clouds.yaml",
                                SecretBytes.fromRawBytes(
                                        cloudsYaml(cloud, proxy).getBytes(StandardCharsets.UTF_8))));
                SystemCredentialsProvider.getInstance().save();
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
                job.setDefinition(new CpsFlowDefinition("""
                        node {
                            writeFile file: 'disk.raw', text: 'x' * 2000000
                            def image = glanceUpload file: 'disk.raw', name: 'restarted', credentialsId: 'slow', diskFormat: 'raw'
                            echo "ended with ${image.status}"
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
                jenkins.assertLogContains("ended with active", build);
                assertThat(cloud.images())
                        .filteredOn(image -> image.path("name").asText().equals("restarted"))
                        .hasSize(1);
            });
        }
    }

    private static String cloudsYaml(OpenStack cloud, FaultyProxy proxy) {
        ApplicationCredential credential = cloud.applicationCredential();
        return """
                clouds:
                  slow:
                    auth: {auth_url: '%s', application_credential_id: %s, application_credential_secret: "%s"}
                    image_endpoint_override: %s
                """.formatted(
                        cloud.authUrl(), credential.id(), credential.secret().replace("\"", "\\\""), proxy.url());
    }
}
