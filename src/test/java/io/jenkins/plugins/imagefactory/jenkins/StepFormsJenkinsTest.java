package io.jenkins.plugins.imagefactory.jenkins;

import static io.jenkins.plugins.imagefactory.jenkins.ServedPages.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudMenu;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackApplicationCredential;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceShareBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.DiskImageBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceDownloadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlancePruneStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceShareStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageBootStep;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageConvertStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.VolumeUploadStep;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.ErrorType;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the forms of steps offer and say while they are filled in, in a real Jenkins with the real Keystone and Glance. */
@WithJenkins
@ExtendWith(OpenStackExtension.class)
class StepFormsJenkinsTest {
    private JenkinsRule jenkins;
    private OpenStack cloud;
    private FreeStyleProject job;

    @BeforeEach
    void configure(JenkinsRule rule, OpenStack testCloud) throws Exception {
        jenkins = rule;
        cloud = testCloud;
        job = jenkins.createFreeStyleProject();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "builder", null, User.BUILDER.name(), User.BUILDER.password()));
        configureClouds(named("testcloud", cloud.authUrl().toString(), "builder"));
    }

    private static OpenStackCloud named(String name, String authUrl, String credentialsId) {
        OpenStackCloud configured = new OpenStackCloud(name, authUrl, credentialsId);
        configured.setProject("factory");
        return configured;
    }

    private static void configureClouds(OpenStackCloud... configured) {
        OpenStackClouds.get().setClouds(List.of(configured));
    }

    private static <T extends Descriptor<?>> T form(Class<T> descriptor) {
        return Jenkins.get().getDescriptorByType(descriptor);
    }

    private static GlanceShareStep.DescriptorImpl share() {
        return form(GlanceShareStep.DescriptorImpl.class);
    }

    private String post(String path) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        return browser.getPage(new WebRequest(
                        browser.createCrumbedUrl(
                                job.getUrl() + "descriptorByName/" + GlanceShareStep.class.getName() + "/" + path),
                        HttpMethod.POST))
                .getWebResponse()
                .getContentAsString();
    }

    private String createImage() throws Exception {
        String name = "image " + UUID.randomUUID();
        HttpRequest request = HttpRequest.newBuilder(URI.create(cloud.glanceUrl() + "/v2/images"))
                .header("X-Auth-Token", cloud.token(User.BUILDER, Project.FACTORY))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
        return name;
    }

    @Test
    void formsAskAtMostEightCloudsAtOnce() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + silent.getLocalPort() + "/v3";
            List<OpenStackCloud> clouds = IntStream.range(0, 9)
                    .mapToObj(i -> named("silent" + i, address, "builder"))
                    .toList();
            OpenStackClouds.get().setClouds(clouds);

            List<CompletableFuture<CloudMenu>> menus = clouds.stream()
                    .map(silentCloud -> CompletableFuture.supplyAsync(
                            () -> {
                                ACLContext system = ACL.as2(ACL.SYSTEM2);
                                try (system) {
                                    return CloudMenu.ofProjects(job, silentCloud.getName(), null);
                                }
                            },
                            task -> new Thread(task).start()))
                    .toList();

            assertThat(menus)
                    .extracting(CompletableFuture::join)
                    .extracting(CloudMenu::problem)
                    .containsOnlyOnce("Too many forms are asking clouds at this moment: try again in half a minute")
                    .filteredOn(problem -> problem.contains("answer"))
                    .hasSize(8);
        }
    }

    private static void assertError(FormValidation result, String message) {
        assertThat(result.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(result.getMessage()).contains(message);
    }

    private static void assertWarning(FormValidation result, String message) {
        assertThat(result.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(result.getMessage()).contains(message);
    }

    private static void assertFine(FormValidation... results) {
        assertThat(results).extracting(result -> result.kind).containsOnly(FormValidation.Kind.OK);
    }

    @Test
    void aBrowserIsOfferedTheProjectsInWhichTheCloudsLoginWorks() throws Exception {
        assertThat(post("fillProjectItems?cloud=testcloud&credentialsId="))
                .isEqualTo("[\"dev\",\"factory\",\"prod-a\",\"prod-b\"]");
        assertThat(post("checkProject?value=atlantis&cloud=testcloud&credentialsId="))
                .contains("The login has no role on atlantis; it has roles on: dev, factory, prod-a, prod-b");
    }

    @Test
    void aBrowserIsOfferedTheNewestImagesOfTheProject() throws Exception {
        String older = createImage();
        Thread.sleep(1_100);
        String newer = createImage();

        assertThat(post("fillImageItems?cloud=&project=&credentialsId="))
                .startsWith("[\"" + newer + "\",\"" + older + "\"");
        assertThat(share().doFillImageItems(job, "testcloud", "dev", "")).doesNotContain(newer);
    }

    @Test
    void theFormsAskForWhatTheyOffer() throws Exception {
        job.getBuildersList().add(new GlanceShareBuilder(new GlanceShareStep("my image", List.of("dev"))));

        assertThat(page(jenkins.getURL(), job.getUrl() + "configure"))
                .contains("fillProjectItems", "fillImageItems", "checkProjects", "checkImage", "checkCloud");
    }

    @Test
    void aLoginThatIsGoodForOneProjectOffersThatOne() throws Exception {
        ApplicationCredential credential = cloud.applicationCredential();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StoredOpenStackApplicationCredential(
                        CredentialsScope.GLOBAL,
                        "application",
                        "",
                        credential.id(),
                        Secret.fromString(credential.secret())));

        assertThat(share().doFillProjectItems(job, "testcloud", "application")).containsExactly("factory");
    }

    @Test
    void aCloudThatCannotBeAskedOffersNothingAndSaysWhy() throws Exception {
        configureClouds(named("away", "http://127.0.0.1:1/v3", "builder"), named("no-login", "http://x/v3", "gone"));

        assertThat(share().doFillProjectItems(job, "away", "")).isEmpty();
        assertThat(share().doFillImageItems(job, "away", "", "")).isEmpty();
        assertWarning(share().doCheckProject(job, "", "away", ""), "connection refused");
        assertWarning(share().doCheckImage(job, "my image", "away", "", ""), "connection refused");
        assertWarning(share().doCheckProject(job, "", "no-login", ""), "do not exist, or are not visible to this job");
        assertWarning(share().doCheckProject(job, "x", "", ""), "several OpenStack clouds are configured");
    }

    @Test
    void aCloudThatDoesNotAnswerIsAskedOnceForAllFields() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            configureClouds(named("silent", "http://127.0.0.1:" + silent.getLocalPort() + "/v3", "builder"));

            assertThat(share().doFillProjectItems(job, "silent", "")).isEmpty();
            assertWarning(share().doCheckProject(job, "", "silent", ""), "answer");

            silent.setSoTimeout(1);
            silent.accept().close();
            assertThatThrownBy(silent::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void credentialsThatTheJobMayNotUseLogNobodyIn() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.SYSTEM, "system", null, User.BUILDER.name(), User.BUILDER.password()));

        assertThat(share().doFillProjectItems(job, "testcloud", "system")).isEmpty();
        assertWarning(
                share().doCheckProject(job, "", "testcloud", "system"), "do not exist, or are not visible to this job");
        assertError(share().doCheckCredentialsId(job, "system"), "no credentials &#039;system&#039;");
    }

    @Test
    void onlyThoseWhoConfigureTheJobAreToldAnything() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("developer")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));

        try (ACLContext context = ACL.as(hudson.model.User.getById("developer", true))) {
            assertThat(context).isNotNull();
            assertThat(share().doFillProjectItems(job, "testcloud", "")).contains("factory");
            assertThat(share().doFillProjectItems(null, "testcloud", "")).isEmpty();
        }
        try (ACLContext context = ACL.as(hudson.model.User.getById("reader", true))) {
            assertThat(context).isNotNull();
            assertThat(share().doFillProjectItems(job, "testcloud", "")).isEmpty();
            assertThat(share().doFillImageItems(job, "testcloud", "", "")).isEmpty();
            assertFine(
                    share().doCheckProject(job, "atlantis", "testcloud", ""),
                    share().doCheckCloud(job, "gone", ""),
                    share().doCheckCredentialsId(job, "gone"),
                    share().doCheckImage(job, "", "", "", ""),
                    share().doCheckMinDisk(job, "-1"));
        }
    }

    @Test
    void theProjectsToShareWithAreCompared() throws Exception {
        assertFine(share().doCheckProjects(job, "dev\nprod-a; prod-b", "testcloud", ""));
        assertFine(share().doCheckProjects(job, "0123456789abcdef0123456789abcdef", "testcloud", ""));
        assertWarning(share().doCheckProjects(job, "dev\natlantis", "testcloud", ""), "no role on atlantis");
        assertError(share().doCheckProjects(job, " ", "testcloud", ""), "");
    }

    @Test
    void projectsThatAreSeveralInOneLineAreTold() {
        assertWarning(share().doCheckProjects(job, "dev, prod-a", "testcloud", ""), "write one project a line");
    }

    @Test
    void theOnlyCloudIsNamed() {
        assertThat(share().doFillCloudItems(job, ""))
                .extracting(option -> option.name)
                .containsExactly("(the only one: testcloud)", "testcloud");

        configureClouds(named("a", "http://x/v3", ""), named("b", "http://x/v3", ""));

        assertThat(share().doFillCloudItems(job, "").get(0).name).isEqualTo("(the only one)");
    }

    @Test
    void aLineThatIsWrongMakesNoSnippetButOneSentence() throws Exception {
        assertThat(snippet("packerBuild", "template: 'image.json', vars: 'base=debian\\nversion 12'"))
                .isEqualTo("'version 12' holds no '=': write name=value");
        assertThat(snippet("packerBuild", "template: 'image.json', vars: 'base=debian\\n\\nversion=12'"))
                .isEqualTo("packerBuild template: 'image.json', vars: [base: 'debian', version: '12']");
    }

    private String snippet(String step, String fields) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        WebRequest request =
                new WebRequest(browser.createCrumbedUrl("pipeline-syntax/generateSnippet"), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair(
                "json",
                "{'stapler-class': '" + PackerBuildStep.class.getPackageName() + "."
                        + step.substring(0, 1).toUpperCase(Locale.ROOT) + step.substring(1) + "Step', " + fields
                        + "}")));
        return browser.getPage(request).getWebResponse().getContentAsString().strip();
    }

    @Test
    void theReferenceOfStepsCanTellTheTypeOfEveryParameter() throws Exception {
        List<StepDescriptor> steps = StepDescriptor.all().stream()
                .filter(step -> step.clazz.getName().startsWith("io.jenkins.plugins.imagefactory."))
                .toList();

        assertThat(steps)
                .hasSizeGreaterThan(12)
                .allSatisfy(step -> assertThat(new DescribableModel<>(step.clazz).getParameters())
                        .noneMatch(parameter -> parameter.getType() instanceof ErrorType));
        assertThat(page(jenkins.getURL(), "pipeline-syntax/html"))
                .contains("lists and maps as JSON. No place for secrets. In forms one");
    }

    @Test
    void whatIsMissingIsTold() {
        assertError(form(GlanceUploadStep.DescriptorImpl.class).doCheckFile(job, ""), "");
        assertError(form(PackerBuildStep.DescriptorImpl.class).doCheckTemplate(job, " "), "");
        assertError(form(DiskImageBuildStep.DescriptorImpl.class).doCheckElements(job, ""), "");
        assertError(form(VolumeUploadStep.DescriptorImpl.class).doCheckVolume(job, ""), "");
        assertError(form(GlancePruneStep.DescriptorImpl.class).doCheckName(job, "", ""), "");
        assertError(share().doCheckImage(job, "", "testcloud", "", ""), "");
        assertFine(
                form(GlanceDownloadStep.DescriptorImpl.class).doCheckFile(job, ""),
                form(GlancePruneStep.DescriptorImpl.class).doCheckName(job, "", "nightly"),
                form(GlanceUploadStep.DescriptorImpl.class).doCheckFile(job, "*.qcow2"));
    }

    @Test
    void numbersThatAreNoneAreTold() {
        GlanceUploadStep.DescriptorImpl upload = form(GlanceUploadStep.DescriptorImpl.class);
        PackerBuildStep.DescriptorImpl packer = form(PackerBuildStep.DescriptorImpl.class);
        ImageBootStep.DescriptorImpl boot = form(ImageBootStep.DescriptorImpl.class);

        for (String wrong : List.of("-1", "1.5", "many")) {
            assertError(upload.doCheckMinDisk(job, wrong), "");
            assertError(upload.doCheckMinRam(job, wrong), "");
            assertError(upload.doCheckTimeout(job, wrong), "");
            assertError(upload.doCheckRetries(job, wrong), "");
            assertError(form(GlancePruneStep.DescriptorImpl.class).doCheckKeep(job, wrong), "");
            assertError(packer.doCheckSilenceTimeout(job, wrong), "");
            assertError(packer.doCheckAbortGrace(job, wrong), "");
            assertError(packer.doCheckParallelBuilds(job, wrong), "");
            assertError(boot.doCheckMemory(job, wrong), "");
            assertError(boot.doCheckTimeout(job, wrong), "");
        }
        assertError(boot.doCheckTimeout(job, "0"), "");
        assertFine(upload.doCheckTimeout(job, "0"), upload.doCheckMinDisk(job, ""), boot.doCheckCpus(job, "2"));
    }

    @Test
    void whatCannotBeReadIsTold() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString("s3cret")));
        PackerBuildStep.DescriptorImpl packer = form(PackerBuildStep.DescriptorImpl.class);
        ImageBootStep.DescriptorImpl boot = form(ImageBootStep.DescriptorImpl.class);

        assertError(boot.doCheckExpect(job, "login: ("), "No regular expression: Unclosed group");
        assertError(boot.doCheckSshCredentialsId(job, "gone"), "no credentials &#039;gone&#039;");
        assertError(packer.doCheckVars(job, "base=debian\nversion 12"), "&#039;version 12&#039; holds no");
        assertError(form(ImageConvertStep.DescriptorImpl.class).doCheckOptions(job, "=x"), "holds no");
        assertError(packer.doCheckSecretVars(job, "a=text\nb=builder"), "no secret text &#039;builder&#039;");
        assertError(packer.doCheckSecretVars(job, "text"), "holds no");
        assertError(packer.doCheckCloud(job, "gone", ""), "no OpenStack cloud &#039;gone&#039;");
        assertFine(
                boot.doCheckExpect(job, "login: $"),
                packer.doCheckVars(job, "base=a=b\n\nempty="),
                packer.doCheckSecretVars(job, "a=text"),
                packer.doCheckCloud(job, "testcloud", ""),
                packer.doCheckCloud(job, "entry", "a-clouds-yaml"),
                packer.doCheckProject(job, "", "", ""));
    }

    @Test
    void nothingIsSaidOfVariables() {
        ImageBootStep.DescriptorImpl boot = form(ImageBootStep.DescriptorImpl.class);

        assertFine(
                boot.doCheckExpect(job, "${EXPECTED} ("),
                boot.doCheckVars(job, "${VARIABLES}"),
                boot.doCheckSshCredentialsId(job, "${KEY}"),
                share().doCheckCloud(job, "${CLOUD}", ""),
                share().doCheckProject(job, "atlantis", "${CLOUD}", ""),
                share().doCheckProjects(job, "${PROJECTS}", "testcloud", ""),
                share().doCheckImage(job, "my image", "testcloud", "${PROJECT}", ""));
        assertThat(share().doFillImageItems(job, "testcloud", "${PROJECT}", "")).isEmpty();
    }
}
