package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackPassword;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Many small images in one build of a real Jenkins, which keeps the state of its Pipeline at every step. */
@WithJenkins
@ExtendWith(OpenStackExtension.class)
class ManyUploadsJenkinsTest {
    private static final int IMAGES = 200;

    @Test
    void everyOneOfTwoHundredImagesOfABuildIsActive(JenkinsRule jenkins, OpenStack cloud) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StoredOpenStackPassword(
                        CredentialsScope.GLOBAL,
                        "password",
                        "",
                        User.BUILDER.name(),
                        Secret.fromString(User.BUILDER.password())));
        OpenStackCloud configured =
                new OpenStackCloud("testcloud", cloud.authUrl().toString(), "password");
        configured.setProject("factory");
        OpenStackClouds.get().setClouds(List.of(configured));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "many");
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'disk.raw', text: 'x' * (1 << 20)
                    glanceUpload file: 'disk.raw', name: 'many', diskFormat: 'raw'
                    def start = System.currentTimeMillis()
                    for (int n = 1; n < %1$d; n++) {
                        glanceUpload file: 'disk.raw', name: 'many', diskFormat: 'raw'
                    }
                    echo "${(System.currentTimeMillis() - start).intdiv(%1$d - 1)} ms an upload"
                }
                """.formatted(IMAGES), false));
        try {
            WorkflowRun build = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));

            assertThat(cloud.images().stream()
                            .filter(image -> image.path("name").asText().equals("many"))
                            .filter(image -> image.path("status").asText().equals("active")))
                    .hasSize(IMAGES);
            build.getLog(10).stream()
                    .filter(line -> line.endsWith("ms an upload"))
                    .forEach(System.out::println);
        } finally {
            cloud.deleteImages("many");
        }
    }
}
