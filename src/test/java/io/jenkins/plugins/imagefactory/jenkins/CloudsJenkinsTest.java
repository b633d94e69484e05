package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.ServerCertificate;
import io.jenkins.plugins.imagefactory.fixture.TlsFront;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackApplicationCredential;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackPassword;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.Stapler;
import org.springframework.security.access.AccessDeniedException;

/** Clouds and credentials of every kind, in a real Jenkins with the real Keystone. */
@WithJenkins
@ExtendWith(OpenStackExtension.class)
class CloudsJenkinsTest {
    private static final String ANYTHING = "glanceShare image: 'no image of this name', projects: 'dev'%s";

    private JenkinsRule jenkins;
    private OpenStack cloud;

    @BeforeEach
    void start(JenkinsRule rule, OpenStack testCloud) {
        jenkins = rule;
        cloud = testCloud;
    }

    private static void store(StandardCredentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    private StandardCredentials password() {
        StoredOpenStackPassword credentials = new StoredOpenStackPassword(
                CredentialsScope.GLOBAL,
                "password",
                "",
                User.BUILDER.name(),
                Secret.fromString(User.BUILDER.password()));
        credentials.setUserDomain("Default");
        return credentials;
    }

    private StandardCredentials applicationCredential() {
        ApplicationCredential credential = cloud.applicationCredential();
        return new StoredOpenStackApplicationCredential(
                CredentialsScope.GLOBAL, "application", "", credential.id(), Secret.fromString(credential.secret()));
    }

    private static StandardCredentials file(String id, String content) {
        return new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "",
                "file",
                SecretBytes.fromRawBytes(content.getBytes(StandardCharsets.UTF_8)));
    }

    private String openrc() {
        return "export OS_AUTH_URL=%s\nexport OS_USERNAME=builder\nexport OS_USER_DOMAIN_NAME=Default\nexport OS_PROJECT_NAME=factory\nexport OS_PASSWORD='%s'\n"
                .formatted(cloud.authUrl(), User.BUILDER.password().replace("'", "'\\''"));
    }

    private String cloudsYaml() {
        ApplicationCredential credential = cloud.applicationCredential();
        return """
                clouds:
                  other: {auth: {auth_url: 'http://127.0.0.1:1/v3'}}
                  testcloud:
                    auth: {auth_url: '%s', application_credential_id: %s, application_credential_secret: "%s"}
                """.formatted(
                        cloud.authUrl(), credential.id(), credential.secret().replace("\"", "\\\""));
    }

    private void configure(String authUrl, String credentialsId) {
        OpenStackCloud configured = new OpenStackCloud("testcloud", authUrl, credentialsId);
        configured.setProject("factory");
        OpenStackClouds.get().setClouds(List.of(configured));
    }

    private void assertLogsIn(String arguments) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(ANYTHING.formatted(arguments)));
        jenkins.assertLogContains(
                "ERROR: there is no image 'no image of this name' in project 'factory' of cloud", run);
    }

    private WorkflowJob pipeline(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    @Test
    void everyKindOfCredentialLogsIn() throws Exception {
        store(new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "username", null, User.BUILDER.name(), User.BUILDER.password()));
        store(password());
        store(applicationCredential());
        store(file("openrc", openrc()));
        store(file("yaml", cloudsYaml()));

        configure(cloud.authUrl().toString(), "");
        for (String id : List.of("username", "password", "application")) {
            assertLogsIn(", credentialsId: '" + id + "'");
        }
        configure("", "yaml");
        assertLogsIn("");
        configure("", "openrc");
        assertLogsIn("");
    }

    @Test
    void aSecretFileNeedsNoConfiguredCloud() throws Exception {
        store(file("openrc", openrc()));
        store(file("yaml", cloudsYaml()));

        assertLogsIn(", credentialsId: 'openrc'");
        assertLogsIn(", credentialsId: 'yaml', cloud: 'testcloud'");
    }

    @Test
    void credentialsOfAnotherKindAreRefused() throws Exception {
        store(new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString("s3cret")));
        configure(cloud.authUrl().toString(), "text");

        jenkins.assertLogContains(
                "ERROR: credentials 'text' are none for OpenStack: use a username with password, ",
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(ANYTHING.formatted(""))));
    }

    @Test
    void dropDownsListOnlyTheKindsThatWork() throws Exception {
        store(password());
        store(applicationCredential());
        store(new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString("s3cret")));

        assertThat(form().doFillCredentialsIdItems("current"))
                .extracting(option -> option.value)
                .containsExactlyInAnyOrder("", "password", "application", "current");
        assertThat(names(form().doFillCredentialsIdItems(""))).contains("builder (Default)/******");
    }

    @Test
    void anAddressIsOneOfHttpOrHttps() {
        for (String address : List.of("https://cloud/v3", "HTTP://cloud:5000")) {
            assertThat(form().doCheckAuthUrl(address, "").kind).as(address).isEqualTo(FormValidation.Kind.OK);
        }
        for (String none : List.of("httpx://cloud", "ftp://cloud", "javascript:http://cloud", "https:", "cloud")) {
            assertThat(form().doCheckAuthUrl(none, "").kind).as(none).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(form().doCheckHorizonUrl(none).kind).as(none).isEqualTo(FormValidation.Kind.ERROR);
        }
    }

    @Test
    void aCloudOfAnEarlierConfigurationGoesOnWithUnencryptedEndpointsAndANewOneDoesNot() {
        OpenStackCloud earlier = (OpenStackCloud) Jenkins.XSTREAM2.fromXML(
                "<io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud><name>mycloud</name>"
                        + "<authUrl>https://cloud/v3</authUrl><credentialsId>c</credentialsId>"
                        + "<skipTlsVerification>false</skipTlsVerification>"
                        + "</io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud>");
        OpenStackCloud made = new OpenStackCloud("mycloud", "https://cloud/v3", "c");

        assertThat(earlier.isAllowUnencryptedEndpoints()).isTrue();
        assertThat(made.isAllowUnencryptedEndpoints()).isFalse();
        assertThat(((OpenStackCloud) Jenkins.XSTREAM2.fromXML(Jenkins.XSTREAM2.toXML(made)))
                        .isAllowUnencryptedEndpoints())
                .isFalse();
    }

    private static List<String> names(ListBoxModel options) {
        return options.stream().map(option -> option.name).toList();
    }

    private static OpenStackCloud.DescriptorImpl form() {
        return Jenkins.get().getDescriptorByType(OpenStackCloud.DescriptorImpl.class);
    }

    private FormValidation test(String authUrl, String credentialsId, String project, String region) throws Exception {
        return form().doTestConnection(
                        "testcloud", authUrl, credentialsId, "", project, "", region, "public", "", false, false);
    }

    @Test
    void testConnectionTellsWhoWhereAndWhatIsThere() throws Exception {
        store(password());

        FormValidation connected = test(cloud.authUrl().toString(), "password", "factory", "RegionOne");

        assertThat(connected.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(connected.getMessage())
                .contains(
                        "Logged in as builder to project &#039;factory&#039; of cloud &#039;testcloud&#039;, region RegionOne")
                .contains("identity, image")
                .containsPattern("good for (59|60) minutes");
    }

    @Test
    void testConnectionTellsWhatAPersonCanActOn() throws Exception {
        store(password());
        store(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "wrong", null, "builder", "wrong-4711"));
        String authUrl = cloud.authUrl().toString();

        assertError(test(authUrl, "wrong", "factory", ""), "wrong user, domain or password");
        assertError(test(authUrl, "password", "nowhere", ""), "it has roles on [dev, factory, prod-a, prod-b]");
        assertError(test(authUrl, "password", "factory", "Atlantis"), "in regions [RegionOne]");
        assertError(test("http://127.0.0.1:1/v3", "password", "factory", ""), "connection refused");
        assertError(test("http://no-such-host.invalid/v3", "password", "factory", ""), "its host name is unknown");
        assertError(test("", "password", "factory", ""), "has no auth_url");
        assertError(test(authUrl, "", "factory", ""), "Choose the credentials first");
        assertThat(test(authUrl, "password", "", "").getMessage())
                .contains("but to no project")
                .contains("dev, factory, prod-a, prod-b");
    }

    @Test
    void testConnectionTellsOfWhatIsNoKeystone() throws Exception {
        store(password());
        String authUrl = cloud.authUrl().toString();

        for (int status : List.of(200, 404)) {
            HttpServer website = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            website.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, 0);
                exchange.getResponseBody().write("<html>Hello</html>".getBytes(StandardCharsets.UTF_8));
                exchange.close();
            });
            website.start();
            assertError(
                    test("http://127.0.0.1:" + website.getAddress().getPort() + "/", "password", "factory", ""),
                    "does not look like a Keystone: ");
            website.stop(0);
        }
        assertThat(test(authUrl, "password", "factory", "").getMessage())
                .contains("of cloud &#039;testcloud&#039;. Glance answers.")
                .doesNotContain("region");
    }

    @Test
    void anAddressThatIsWrongIsNotCalledMissing() {
        assertThat(form().doCheckAuthUrl("htp:/foo", "").getMessage())
                .contains("&#039;htp:/foo&#039; is no address of Keystone: it begins with https:// or http://");
        assertThat(form().doCheckAuthUrl("", "").getMessage()).contains("is needed");
    }

    @Test
    void aSecondCloudOfTheSameNameIsToldWhileItIsTypedAndNotSaved() throws Exception {
        configure(cloud.authUrl().toString(), "");

        assertThat(form().doCheckName("testcloud", "testcloud").kind).isEqualTo(FormValidation.Kind.OK);
        assertError(form().doCheckName("testcloud", ""), "Another OpenStack cloud is called");
        assertError(form().doCheckName(" testcloud", "lab"), "Another OpenStack cloud is called");
        JSONObject two = JSONObject.fromObject(
                "{clouds: [{name: 'a', authUrl: '', credentialsId: ''}, {name: 'a', authUrl: '', credentialsId: ''}]}");
        assertThatThrownBy(() -> jenkins.executeOnServer(() -> submit(two)))
                .hasStackTraceContaining("There are two OpenStack clouds 'a'");
        assertThat(OpenStackClouds.get().getClouds())
                .extracting(OpenStackCloud::getName)
                .containsExactly("testcloud");
    }

    @Test
    void theKindsOfCredentialsAreShownAsJenkinsOwn() {
        for (CredentialsDescriptor kind : List.<CredentialsDescriptor>of(
                Jenkins.get().getDescriptorByType(StoredOpenStackPassword.DescriptorImpl.class),
                Jenkins.get().getDescriptorByType(StoredOpenStackApplicationCredential.DescriptorImpl.class))) {
            assertThat(kind.getDescription()).endsWith(".").contains("Keystone");
            assertThat(Jenkins.class
                            .getClassLoader()
                            .getResource(
                                    "images/symbols/" + kind.getIconClassName().replace("symbol-", "") + ".svg"))
                    .as(kind.getIconClassName())
                    .isNotNull();
        }
    }

    @Test
    void testConnectionAndConsoleTellOfServicesInClear(@TempDir Path directory) throws Exception {
        store(password());
        ServerCertificate certificate = ServerCertificate.of(directory.resolve("keys.p12"));
        try (TlsFront keystone = TlsFront.before(cloud.authUrl(), certificate)) {
            String authUrl = keystone.url().toString();

            assertError(
                    test(authUrl, certificate.pem(), false, false),
                    "logs in over https, but its service image is at http://");
            FormValidation allowed = test(authUrl, certificate.pem(), false, true);
            assertThat(allowed.kind).isEqualTo(FormValidation.Kind.WARNING);
            assertThat(allowed.getMessage())
                    .contains("Logged in as builder", "Anybody on the way reads", "image=http://127.0.0.1:");
            assertThat(test(authUrl, "", true, true).getMessage())
                    .contains("Anybody on the way reads", "TLS certificates are not verified");

            configure(authUrl, "password");
            OpenStackCloud configured = OpenStackClouds.get().getClouds().get(0);
            configured.setCaCertificate(certificate.pem());
            jenkins.assertLogContains(
                    "Allow unencrypted endpoints",
                    jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(ANYTHING.formatted(""))));
            configured.setAllowUnencryptedEndpoints(true);
            jenkins.assertLogContains(
                    "[openstack] Warning: cloud 'testcloud' logs in over https, but its service image is at http://",
                    jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(ANYTHING.formatted(""))));
        }
    }

    private FormValidation test(String authUrl, String pem, boolean unverified, boolean unencrypted) throws Exception {
        return form().doTestConnection(
                        "testcloud",
                        authUrl,
                        "password",
                        "",
                        "factory",
                        "",
                        "RegionOne",
                        "public",
                        pem,
                        unverified,
                        unencrypted);
    }

    private static void assertError(FormValidation result, String message) {
        assertThat(result.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(result.getMessage()).contains(message).doesNotContain("4711");
    }

    @Test
    void onlyAdministratorsTestConnectionsAndAreToldOfMistakes() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("developer"));

        try (ACLContext context = ACL.as(hudson.model.User.getById("developer", true))) {
            assertThat(context).isNotNull();
            assertThatThrownBy(() -> test("http://127.0.0.1:1", "x", "", "")).isInstanceOf(AccessDeniedException.class);
            assertThat(form().doCheckAuthUrl("", "").kind).isEqualTo(FormValidation.Kind.OK);
        }
    }

    @Test
    void mistakesInTheFormAreToldWhileTyping() throws Exception {
        store(file("openrc", openrc()));

        assertThat(form().doCheckName("", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form().doCheckAuthUrl("cloud:5000", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form().doCheckAuthUrl("", "openrc").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form().doCheckAuthUrl("https://cloud:5000/v3", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form().doCheckCredentialsId("gone").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form().doCheckCredentialsId("").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(form().doCheckCaCertificate("hello").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form().doCheckCaCertificate("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form().doCheckSkipTlsVerification(true).kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(form().doCheckConnectTimeout("0").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form().doCheckResponseTimeout("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form().doCheckHorizonUrl("dashboard").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void theFormsOfCredentialsShowEveryFieldButTheSecret() throws Exception {
        StoredOpenStackApplicationCredential named = new StoredOpenStackApplicationCredential(
                CredentialsScope.GLOBAL, "named", "by name", "jenkins", Secret.fromString("s3cret-4711"));
        named.setUser("builder");
        named.setUserDomain("partners");
        store(named);
        store(password());

        assertThat(formOf("named"))
                .contains("value=\"jenkins\"", "value=\"builder\"", "value=\"partners\"", "value=\"by name\"")
                .doesNotContain("4711");
        assertThat(formOf("password"))
                .contains("value=\"builder\"", "value=\"Default\"")
                .doesNotContain(User.BUILDER.password());
    }

    private String formOf(String id) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo("manage/credentials/store/system/domain/_/credential/" + id + "/updateDialog")
                .asXml();
    }

    @Test
    void aFormThatCannotBeReadLeavesTheCloudsThatThereWere() throws Exception {
        configure(cloud.authUrl().toString(), "");
        JSONObject form = JSONObject.fromObject(
                "{clouds: {name: 'new', authUrl: '', credentialsId: '', connectTimeout: '7', '$class': 'no.such.Cloud'}}");

        assertThatThrownBy(() -> jenkins.executeOnServer(() -> submit(form))).hasStackTraceContaining("no.such.Cloud");
        assertThat(OpenStackClouds.get().getClouds())
                .extracting(OpenStackCloud::getName)
                .containsExactly("testcloud");

        form.getJSONObject("clouds").remove("$class");
        jenkins.executeOnServer(() -> submit(form));
        assertThat(OpenStackClouds.get().getClouds())
                .extracting(OpenStackCloud::getConnectTimeout)
                .containsExactly(7);

        jenkins.executeOnServer(() -> submit(new JSONObject()));
        assertThat(OpenStackClouds.get().getClouds()).isEmpty();
    }

    private static boolean submit(JSONObject form) throws Exception {
        return OpenStackClouds.get().configure(Stapler.getCurrentRequest2(), form);
    }

    @Test
    void aBuildThatUsesCredentialsIsTracked() throws Exception {
        store(password());
        configure(cloud.authUrl().toString(), "password");
        assertLogsIn("");

        assertThat(com.cloudbees.plugins.credentials.CredentialsProvider.getFingerprintOf(
                        SystemCredentialsProvider.getInstance().getCredentials().get(0)))
                .isNotNull();
    }
}
