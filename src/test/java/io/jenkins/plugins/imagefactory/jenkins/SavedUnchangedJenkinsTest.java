package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is saved without a change is byte by byte what it was, so that nobody's history tells of a change. */
@WithJenkins
class SavedUnchangedJenkinsTest {
    private static final String OURS = "io.jenkins.plugins.imagefactory.";

    private JenkinsRule jenkins;

    @BeforeEach
    void keep(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void aJobWithEveryBuildStepFilledIn() throws Exception {
        assertUnchanged(jobOf(true));
    }

    @Test
    void aJobWithEveryBuildStepAsItBegins() throws Exception {
        assertUnchanged(jobOf(false));
    }

    @Test
    void aJobWithoutBuildSteps() throws Exception {
        assertUnchanged(jenkins.createFreeStyleProject());
    }

    @Test
    void everyKindOfCredentials() throws Exception {
        List<Credentials> stored = SystemCredentialsProvider.getInstance().getCredentials();
        for (Descriptor<Credentials> kind : jenkins.jenkins.getDescriptorList(Credentials.class)) {
            if (kind.clazz.getName().startsWith(OURS)) {
                stored.add((Credentials) filled(kind.clazz, true));
            }
        }
        assertThat(stored).hasSize(2);
        SystemCredentialsProvider.getInstance().save();
        String before = file("credentials.xml");

        new SystemCredentialsProvider().save();

        assertThat(file("credentials.xml")).isEqualTo(before);
    }

    @Test
    void theGlobalConfiguration() throws Exception {
        OpenStackClouds.get().setClouds(List.of((OpenStackCloud) filled(OpenStackCloud.class, true)));
        OpenStackClouds.get().save();
        String before = file(OpenStackClouds.class.getName() + ".xml");

        OpenStackClouds.get().load();
        OpenStackClouds.get().save();
        assertThat(file(OpenStackClouds.class.getName() + ".xml")).isEqualTo(before);

        jenkins.configRoundtrip();
        assertThat(file(OpenStackClouds.class.getName() + ".xml")).isEqualTo(before);
    }

    private FreeStyleProject jobOf(boolean isFilled) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        for (Descriptor<Builder> kind : Builder.all()) {
            if (kind.clazz.getName().startsWith(OURS) && kind instanceof BuildStepDescriptor) {
                Class<?> step = kind.clazz.getMethod("getStep").getReturnType();
                job.getBuildersList()
                        .add((Builder) kind.clazz.getConstructor(step).newInstance(filled(step, isFilled)));
            }
        }
        job.save();
        return job;
    }

    /** What is posted Jenkins keeps in an XML writer's own words, whatever is in it, until the job is saved. */
    private void assertUnchanged(FreeStyleProject job) throws Exception {
        String before = get(job);

        post(job, before);
        String posted = get(job);
        post(job, posted);
        assertThat(get(job)).as("posted again").isEqualTo(posted);

        FreeStyleProject read = (FreeStyleProject) jenkins.jenkins.getItem(job.getName());
        read.save();
        assertThat(get(read)).as("saved").isEqualTo(before);

        read.doReload();
        read.save();
        assertThat(get(read)).as("loaded and saved").isEqualTo(before);
    }

    private String get(FreeStyleProject job) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            return browser.goTo(job.getUrl() + "config.xml", "application/xml")
                    .getWebResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
        }
    }

    private void post(FreeStyleProject job, String xml) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            WebRequest request = new WebRequest(browser.createCrumbedUrl(job.getUrl() + "config.xml"), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/xml; charset=UTF-8");
            request.setCharset(StandardCharsets.UTF_8);
            request.setRequestBody(xml);
            assertThat(browser.getPage(request).getWebResponse().getStatusCode())
                    .isEqualTo(200);
        }
    }

    private String file(String name) throws Exception {
        return Files.readString(jenkins.jenkins.getRootDir().toPath().resolve(name));
    }

    /** With what is required, and all else if it {@code isFilled}. */
    private static <T> Object filled(Class<T> type, boolean isFilled) throws Exception {
        DescribableModel<T> model = DescribableModel.of(type);
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (DescribableParameter parameter : model.getParameters()) {
            if (parameter.isRequired() || isFilled && !parameter.isDeprecated()) {
                arguments.put(parameter.getName(), sample(parameter));
            }
        }
        return model.instantiate(arguments, null);
    }

    private static Object sample(DescribableParameter parameter) {
        Class<?> type = parameter.getErasedType();
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == int.class || type == Integer.class) {
            return 7;
        }
        if (List.class.isAssignableFrom(type)) {
            return new ArrayList<>(List.of("b \"1\"", "a <2>"));
        }
        if (Map.class.isAssignableFrom(type)) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("z", "it's");
            map.put("a", "\"one\" & <two>");
            return map;
        }
        if (type == Secret.class) {
            return Secret.fromString("s3cret");
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0].toString();
        }
        if (parameter.getName().equals("endpointInterface")) {
            return "internal";
        }
        return parameter.getName().endsWith("Url") || parameter.getName().endsWith("Endpoint")
                ? "https://cloud.example.com/v3"
                : "a \"b\" <c> 'd' & \u00e9 $e\n  f";
    }
}
