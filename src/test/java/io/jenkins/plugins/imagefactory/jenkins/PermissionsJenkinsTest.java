package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Forms tell nobody more than they may know. */
@WithJenkins
class PermissionsJenkinsTest {
    private FreeStyleProject job;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("developer")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        OpenStackClouds.get().setClouds(List.of(new OpenStackCloud("mycloud", "https://cloud/v3", "secret-id")));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "secret-id", null, "u", "p"));
        job = jenkins.createFreeStyleProject();
    }

    @Test
    void onlyAdministratorsSeeTheCredentialsOfClouds() {
        OpenStackCloud.DescriptorImpl form = Jenkins.get().getDescriptorByType(OpenStackCloud.DescriptorImpl.class);

        assertThat(as("admin", () -> form.doFillCredentialsIdItems(""))).contains("secret-id");
        assertThat(as("developer", () -> form.doFillCredentialsIdItems("current")))
                .containsExactly("", "current");
        assertThat(as("reader", () -> form.doFillCredentialsIdItems("current"))).containsExactly("", "current");
    }

    @Test
    void onlyThoseWhoConfigureAJobSeeTheCloudsInItsForm() {
        GlanceUploadStep.DescriptorImpl form = Jenkins.get().getDescriptorByType(GlanceUploadStep.DescriptorImpl.class);

        assertThat(as("developer", () -> form.doFillCloudItems(job, ""))).containsExactly("", "mycloud");
        assertThat(as("reader", () -> form.doFillCloudItems(job, "current"))).containsExactly("", "current");
    }

    private static List<String> as(String user, Supplier<ListBoxModel> form) {
        try (ACLContext context = ACL.as(User.getById(user, true))) {
            assertThat(context).isNotNull();
            return form.get().stream().map(option -> option.value).toList();
        }
    }
}
