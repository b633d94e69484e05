package io.jenkins.plugins.imagefactory.jenkins;

import static io.jenkins.plugins.imagefactory.jenkins.ServedPages.page;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A secret that a step knows is found in no file of the build, on no page of it, in no answer of its API. */
@WithJenkins
class LeakJenkinsTest {
    private static final String SECRET = "s3cret-4711";
    private static final String TEMPLATE = """
            {"variables": {"p": "{{env `PASSWORD`}}"},
             "builders": [{"type": "file", "content": "x", "target": "/proc/{{user `p`}}/x"}]}
            """;

    private JenkinsRule jenkins;

    @BeforeEach
    void storeTheSecret(JenkinsRule jenkins) throws IOException {
        this.jenkins = jenkins;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "the-password", "", Secret.fromString(SECRET)));
    }

    @Test
    void anErrorOfPackerThatHoldsASecretOfTheBlockAround() throws Exception {
        WorkflowRun build = run(
                Result.FAILURE, template() + within("packerBuild template: 't.json', validate: false, debugLog: true"));

        assertThat(build.getLog(1000))
                .anyMatch(
                        line -> line.startsWith("ERROR: Packer could not build 'file'") && line.contains("/proc/****"));
        assertThat(apiOf(build)).contains("/proc/****");
        assertNothingTells(build);
    }

    @Test
    void anErrorOfPackerThatHoldsASecretVariable() throws Exception {
        WorkflowRun build = run(
                Result.FAILURE,
                template()
                        + "packerBuild template: 't.json', secretVars: [p: 'the-password'], validate: false, debugLog: true");

        assertThat(apiOf(build)).contains("/proc/****");
        assertNothingTells(build);
    }

    @Test
    void whatAFailureSaysToWhoeverCatchesIt() throws Exception {
        WorkflowRun build = run(
                Result.SUCCESS,
                template()
                        + "try { packerBuild template: 't.json', secretVars: [p: 'the-password'], validate: false }"
                        + " catch (e) { echo \"it says: ${e.message}\" }");

        assertThat(build.getLog(1000)).anyMatch(line -> line.startsWith("it says: ") && line.contains("/proc/****"));
        assertNothingTells(build);
    }

    @Test
    void aRenderedTemplateThatHoldsASecret() throws Exception {
        WorkflowRun build = run(
                Result.FAILURE,
                "writeFile file: 'stack.yaml.j2', text: 'user: x\\npassword: {{ password }}\\n'\n"
                        + within("heatRender template: 'stack.yaml.j2', vars: [password: env.PASSWORD]"));

        assertThat(build.getLog(1000)).anyMatch(line -> line.contains("line 2 of target/heat/stack.yaml"));
        assertNothingTells(build);
    }

    @Test
    void aRenderedTemplateThatMayHoldASecretIsNotArchived() throws Exception {
        WorkflowRun build = run(
                Result.SUCCESS,
                "writeFile file: 'stack.yaml.j2', text: 'password: {{ password }}\\n'\n"
                        + "writeFile file: 'other.yaml.j2', text: 'a: 1\\n'\n"
                        + within("heatRender template: '*.j2', vars: [password: env.PASSWORD], allowSecrets: true")
                        + "sh 'stat -c \"mode %a\" target/heat/stack.yaml; rm target/heat/stack.yaml'");

        jenkins.assertLogContains("mode 600", build);
        assertThat(build.getArtifacts()).extracting(Run.Artifact::getFileName).containsExactly("other.yaml");
        assertNothingTells(build);
    }

    @Test
    void aFreestyleJobKeepsASecretVariableToItself() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        writeTemplate(job);
        job.getBuildersList().add(new PackerBuildBuilder(packer("the-password")));

        Run<?, ?> build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(apiOf(build)).contains("/proc/****");
        assertNothingTells(build);
    }

    @Test
    void aParameterOfAnotherKindNamesNoCredentials() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHICH", "the-password")));
        writeTemplate(job);
        job.getBuildersList().add(new PackerBuildBuilder(packer("${WHICH}")));

        jenkins.assertLogContains(
                "secretVars: credentials '${WHICH}' of variable 'p' do not exist",
                jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    private static PackerBuildStep packer(String credentialsId) {
        PackerBuildStep step = new PackerBuildStep("t.json");
        step.setSecretVars(Map.of("p", credentialsId));
        step.setValidate(false);
        step.setDebugLog(true);
        return step;
    }

    private void writeTemplate(FreeStyleProject job) throws IOException {
        Path workspace = Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote());
        Files.writeString(Files.createDirectories(workspace).resolve("t.json"), TEMPLATE);
    }

    private static String template() {
        return "writeFile file: 't.json', text: '''" + TEMPLATE + "'''\n";
    }

    private static String within(String step) {
        return "withCredentials([string(credentialsId: 'the-password', variable: 'PASSWORD')]) { " + step + " }\n";
    }

    private WorkflowRun run(Result result, String body) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node {\n" + body + "\n}", true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    private String apiOf(Run<?, ?> build) throws Exception {
        return page(jenkins.getURL(), build.getUrl() + "api/json?depth=3");
    }

    private void assertNothingTells(Run<?, ?> build) throws Exception {
        assertThat(apiOf(build)).doesNotContain(SECRET);
        for (String page : List.of("", "console")) {
            assertThat(page(jenkins.getURL(), build.getUrl() + page)).doesNotContain(SECRET);
        }
        try (Stream<Path> files = Stream.concat(
                Files.walk(build.getRootDir().toPath()),
                Files.walk(jenkins.jenkins.getRootDir().toPath().resolve("workspace")))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .noneSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .contains(SECRET));
        }
    }
}
