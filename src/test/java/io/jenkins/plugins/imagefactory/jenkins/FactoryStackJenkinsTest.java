package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Node;
import hudson.security.ACL;
import hudson.slaves.DumbSlave;
import hudson.slaves.JNLPLauncher;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackApplicationCredential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A real Jenkins with the configuration of {@code docs/examples/factory-stack}. */
@WithJenkins
class FactoryStackJenkinsTest {
    @TempDir
    private Path directory;

    @Test
    void jenkinsTakesTheConfigurationOfTheFactory(JenkinsRule rule) throws Exception {
        String yaml = Files.readString(Path.of("docs/examples/factory-stack/jenkins.yaml"))
                .replace("${jenkins_admin_password}", "passw0rd-4711")
                .replace("${openstack_auth_url}", "https://cloud.example.com:5000/v3")
                .replace("${openstack_application_credential_id}", "1b3d5f70")
                .replace("${openstack_application_credential_secret}", "s3cret-4711");
        ConfigurationAsCode.get()
                .configure(Files.writeString(directory.resolve("jenkins.yaml"), yaml)
                        .toString());

        Jenkins jenkins = rule.jenkins;
        assertThat(jenkins.getNumExecutors()).isZero();
        assertThat(jenkins.getSlaveAgentPort()).isEqualTo(-1);
        assertThat(jenkins.isUseCrumbs()).isTrue();
        assertThat(jenkins.getAuthorizationStrategy().getRootACL().hasPermission2(Jenkins.ANONYMOUS2, Jenkins.READ))
                .isFalse();
        assertThat(rule.createWebClient()
                        .login("admin", "passw0rd-4711")
                        .goTo("manage/")
                        .getTitleText())
                .contains("Manage Jenkins");
        Node agent = jenkins.getNode("builder");
        assertThat(agent.getLabelString()).isEqualTo("packer kvm");
        assertThat(((JNLPLauncher) ((DumbSlave) agent).getLauncher()).isWebSocket())
                .isTrue();
        List<OpenStackCloud> clouds = OpenStackClouds.get().getClouds();
        assertThat(clouds).extracting(OpenStackCloud::getName).containsExactly("mycloud");
        assertThat(CredentialsProvider.lookupCredentialsInItemGroup(
                        StoredOpenStackApplicationCredential.class, jenkins, ACL.SYSTEM2))
                .extracting(StoredOpenStackApplicationCredential::getId)
                .containsExactly(clouds.get(0).getCredentialsId());
    }
}
