package io.jenkins.plugins.imagefactory.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudMenu;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackApplicationCredential;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackPassword;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedImage;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedWork;
import io.jenkins.plugins.imagefactory.leak.EchoingCloud.Manner;
import io.jenkins.plugins.imagefactory.leak.LeakCase.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Each step with each secret that it knows, in a real Jenkins: none is found in any file of the build, in its artifacts and
 * fingerprints, on its pages, in its API, in the environment of later steps or in what is told to whoever catches the failure.
 */
@WithJenkins
@ResourceLock(DiskImageBuilder.MOUNTS)
class StepLeakJenkinsTest {
    private static final List<String> PAGES = List.of("", "console", "fingerprints/");
    private static final List<String> ANSWERS_OF_THE_API = List.of("api/json?depth=3", "api/xml?depth=3");

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private EchoingCloud cloud;
    private int builds;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
        cloud = new EchoingCloud();
        store(new StoredOpenStackPassword(
                CredentialsScope.GLOBAL, "password", "", "builder", Secret.fromString(Login.PASSWORD.secret())));
        store(new StoredOpenStackApplicationCredential(
                CredentialsScope.GLOBAL,
                "application_credential",
                "",
                "an-id",
                Secret.fromString(Login.APPLICATION_CREDENTIAL.secret())));
        store(file(
                "token",
                "export OS_AUTH_TYPE=v3token\nexport OS_TOKEN=%s\n"
                        .formatted(Login.TOKEN.secret())
                        .getBytes(StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyReadsASecretOfTheLogin(Login login) throws Exception {
        configure(login);
        SoftAssertions leaks = new SoftAssertions();

        for (LeakCase known : LeakCases.all()
                .filter(one -> one.login() == login && (login == Login.PASSWORD || one.manner() == Manner.OBLIGES))
                .toList()) {
            cloud.behave(known.manner());
            WorkflowRun build = run(known, known.script());
            look(leaks, known, build, Set.of(login.secret()));
        }

        leaks.assertAll();
    }

    @Test
    void nobodyReadsASecretOfCredentialsThatTheStepHasForItself() throws Exception {
        configure(Login.PASSWORD);
        SoftAssertions leaks = new SoftAssertions();

        for (LeakCase known : LeakCases.withOwnSecrets().toList()) {
            String secret = storeAsOwn(known.step());
            cloud.behave(known.manner());
            int half = secret.length() / 2;
            WorkflowRun build = run(
                    known,
                    known.script()
                            .replace(LeakCases.HALF.formatted(1), secret.substring(0, half))
                            .replace(LeakCases.HALF.formatted(2), secret.substring(half)));
            look(leaks, known, build, Set.of(secret));
        }

        leaks.assertAll();
    }

    @ParameterizedTest
    @EnumSource
    void noFormTellsASecret(Manner manner) throws Exception {
        configure(Login.PASSWORD);
        cloud.behave(manner);
        FreeStyleProject job = jenkins.createFreeStyleProject();

        List<String> told = List.of(
                connectionTest("factory").getMessage(),
                connectionTest("").getMessage(),
                CloudMenu.ofProjects(job, "testcloud", null).toString(),
                CloudMenu.ofImages(job, new CloudChoice("testcloud", null, null))
                        .toString());

        assertThat(told).anyMatch(text -> text.contains(LeakCases.MASKED_ECHO));
        assertThat(cloud.secrets())
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(told).noneMatch(text -> text.contains(secret)));
    }

    private FormValidation connectionTest(String project) throws Exception {
        return jenkins.jenkins
                .getDescriptorByType(OpenStackCloud.DescriptorImpl.class)
                .doTestConnection(
                        "testcloud",
                        cloud.authUrl().toString(),
                        "password",
                        "",
                        project,
                        "",
                        "",
                        "public",
                        "",
                        false,
                        false);
    }

    @Test
    @Timeout(120)
    void whatIsDeletedWhenJenkinsStartsTellsNoSecret() throws Exception {
        configure(Login.PASSWORD);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        UnfinishedWork.begun(
                build, new UnfinishedImage(build, new CloudChoice("testcloud", null, null), "it (uploading)"));
        cloud.behave(Manner.REFUSES_REQUESTS);

        ExtensionList.lookupSingleton(UnfinishedWork.class).onLoaded();
        while (!JenkinsRule.getLog(build).contains("cannot be deleted now")) {
            Thread.sleep(50);
        }

        jenkins.assertLogContains(LeakCases.MASKED_ECHO, build);
        for (String secret : cloud.secrets()) {
            jenkins.assertLogNotContains(secret, build);
        }
    }

    /** @return the secret, or a line of it */
    private String storeAsOwn(String parameter) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .removeIf(stored -> ((StandardCredentials) stored).getId().equals("own"));
        String secret = "s3cret-own-4711";
        switch (parameter) {
            case "glanceShare.acceptCredentialsId" ->
                store(new StoredOpenStackPassword(
                        CredentialsScope.GLOBAL, "own", "", "acceptor", Secret.fromString(secret)));
            case "imageBoot.sshCredentialsId" -> {
                Path key = directory.resolve("key");
                assertThat(new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                                .start()
                                .waitFor())
                        .isZero();
                store(file("own", Files.readAllBytes(key)));
                secret = Files.readAllLines(key).get(2);
            }
            default -> store(new StringCredentialsImpl(CredentialsScope.GLOBAL, "own", "", Secret.fromString(secret)));
        }
        return secret;
    }

    private static void store(StandardCredentials credentials) {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
    }

    private static StandardCredentials file(String id, byte[] content) {
        return new FileCredentialsImpl(CredentialsScope.GLOBAL, id, "", "file", SecretBytes.fromRawBytes(content));
    }

    private void configure(Login login) {
        OpenStackCloud configured = new OpenStackCloud(
                "testcloud", cloud.authUrl().toString(), login.name().toLowerCase(java.util.Locale.ROOT));
        if (login != Login.APPLICATION_CREDENTIAL) {
            configured.setProject("factory");
        }
        OpenStackClouds.get().setClouds(List.of(configured));
    }

    /** In a workspace without a space, which disk-image-create wants. */
    private WorkflowRun run(LeakCase known, String script) throws Exception {
        Path workspace = Files.createDirectory(directory.resolve("workspace" + ++builds));
        if (known.step().startsWith("imageBoot.")) {
            Files.copy(BaseDisk.path(), workspace.resolve("disk.qcow2"));
            Files.writeString(
                    workspace.resolve("user-data"),
                    "#!/bin/sh\necho '%s' >/root/.ssh/authorized_keys"
                            .formatted(Files.readString(directory.resolve("key.pub"))
                                    .strip()));
        }
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    ws('%s') {
                        try {
                            %s
                        } catch (e) {
                            echo "caught ${e}"
                            throw e
                        } finally {
                            sh 'env'
                        }
                    }
                }
                """.formatted(workspace, script), true));
        return jenkins.buildAndAssertStatus(known.fails() ? Result.FAILURE : Result.SUCCESS, job);
    }

    private void look(SoftAssertions leaks, LeakCase known, WorkflowRun build, Collection<String> more)
            throws Exception {
        Set<String> secrets = new HashSet<>(cloud.secrets());
        secrets.addAll(more);
        Map<String, String> sinks = sinks(build);
        leaks.assertThat(sinks.get("file log")).as(known + ": log").contains(known.shown());
        sinks.forEach((sink, text) -> leaks.assertThat(
                        secrets.stream().filter(text::contains).toList())
                .as(known + ": " + sink)
                .isEmpty());
    }

    private Map<String, String> sinks(WorkflowRun build) throws Exception {
        Map<String, String> sinks = new LinkedHashMap<>();
        addFiles(sinks, "file ", build.getRootDir().toPath());
        addFiles(sinks, "fingerprint ", jenkins.jenkins.getRootDir().toPath().resolve("fingerprints"));
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
            for (String page : PAGES) {
                sinks.put("page " + page, content(browser, build, page, null));
            }
            for (String answer : ANSWERS_OF_THE_API) {
                sinks.put(
                        answer,
                        content(
                                browser,
                                build,
                                answer,
                                answer.contains("json") ? "application/json" : "application/xml"));
            }
        }
        return sinks;
    }

    private static String content(JenkinsRule.WebClient browser, WorkflowRun build, String path, String type)
            throws Exception {
        return (type == null ? browser.goTo(build.getUrl() + path) : browser.goTo(build.getUrl() + path, type))
                .getWebResponse()
                .getContentAsString();
    }

    private static void addFiles(Map<String, String> sinks, String kind, Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = tree.relativize(file).toString();
                sinks.put(kind + name, Files.readString(file, StandardCharsets.ISO_8859_1));
                sinks.put("name of " + kind + name, name);
            }
        }
    }
}
