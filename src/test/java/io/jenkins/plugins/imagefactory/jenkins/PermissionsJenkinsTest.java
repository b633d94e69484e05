package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.access.AccessDeniedException;

/** Forms tell nobody more than they may know. */
@WithJenkins
class PermissionsJenkinsTest {
    /** What no field takes. */
    private static final String CURRENT = "(no such = value";

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

    @Test
    void aFormSeesTheCredentialsOfWhomItsBuildsRunAs() throws Exception {
        GlanceUploadStep.DescriptorImpl form = Jenkins.get().getDescriptorByType(GlanceUploadStep.DescriptorImpl.class);
        assertThat(as("admin", () -> form.doFillCredentialsIdItems(job, ""))).contains("secret-id");

        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(), User.getById("reader", true).impersonate2()));

        assertThat(as("admin", () -> form.doFillCredentialsIdItems(job, ""))).doesNotContain("secret-id");
        try (ACLContext context = ACL.as(User.getById("admin", true))) {
            assertThat(context).isNotNull();
            assertThat(form.doCheckCredentialsId(job, "secret-id").kind).isEqualTo(FormValidation.Kind.ERROR);
        }
    }

    @Test
    void formsTellNothingToWhoeverMayNotReadThem() throws Exception {
        List<Object> forms = new ArrayList<>(Jenkins.get().getExtensionList(Descriptor.class));
        forms.removeIf(form -> !form.getClass().getName().startsWith("io.jenkins.plugins.imagefactory."));
        int asked = 0;
        try (ACLContext context = ACL.as(User.getById("reader", true))) {
            assertThat(context).isNotNull();
            for (Object form : forms) {
                for (Method method : form.getClass().getMethods()) {
                    if (method.getName().matches("do[A-Z].*")
                            && method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.imagefactory.")) {
                        assertTellsNothing(form, method);
                        asked++;
                    }
                }
            }
        }
        assertThat(asked).isGreaterThan(100);
    }

    private void assertTellsNothing(Object form, Method method) throws IllegalAccessException {
        Object[] arguments =
                Stream.of(method.getParameterTypes()).map(this::argument).toArray();
        try {
            Object told = method.invoke(form, arguments);
            if (told instanceof FormValidation check) {
                assertThat(check.kind).as(method.toString()).isEqualTo(FormValidation.Kind.OK);
            } else if (told instanceof ListBoxModel options) {
                assertThat(options)
                        .as(method.toString())
                        .extracting(option -> option.value)
                        .isSubsetOf("", CURRENT);
            } else {
                assertThat((List<?>) told).as(method.toString()).isEmpty();
            }
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).as(method.toString()).isInstanceOf(AccessDeniedException.class);
        }
    }

    private Object argument(Class<?> type) {
        if (type == String.class) {
            return CURRENT;
        }
        if (type == boolean.class) {
            return true;
        }
        return type == Secret.class ? Secret.fromString("") : type.isInstance(job) ? job : null;
    }

    private static List<String> as(String user, Supplier<ListBoxModel> form) {
        try (ACLContext context = ACL.as(User.getById(user, true))) {
            assertThat(context).isNotNull();
            return form.get().stream().map(option -> option.value).toList();
        }
    }
}
