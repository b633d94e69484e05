package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerInstallation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What packerBuild takes from Jenkins: secrets and tool installations. */
@WithJenkins
class PackerJenkinsTest {
    private static final String SECRET = "s3cret-4711";
    private static final String TEMPLATE =
            "{\"variables\": {\"password\": \"\"}, \"builders\": [{\"type\": \"null\", \"communicator\": \"none\"}], \"provisioners\": [{\"type\": \"shell-local\", \"inline\": [\"echo it is {{user `password`}}\"]}]}";

    @Test
    void aSecretVariableReachesPackerAndNobodyElse(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "image-password", "", Secret.fromString(SECRET)));
        DumbSlave agent = jenkins.createOnlineSlave(Label.get("builder"));

        WorkflowRun run = run(
                jenkins, Result.SUCCESS, "packerBuild template: 'p.json', secretVars: [password: 'image-password']");

        jenkins.assertLogContains("null: it is ****", run);
        for (Path tree : List.of(run.getRootDir().toPath(), Path.of(agent.getRemoteFS()))) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(SECRET);
                }
            }
        }
    }

    @Test
    void credentialsThatAreNotThereAreNamed(JenkinsRule jenkins) throws Exception {
        jenkins.createOnlineSlave(Label.get("builder"));

        jenkins.assertLogContains(
                "ERROR: credentials 'gone' do not exist",
                run(jenkins, Result.FAILURE, "packerBuild template: 'p.json', secretVars: [password: 'gone']"));
    }

    @Test
    void packerComesFromAToolInstallation(JenkinsRule jenkins) throws Exception {
        jenkins.createOnlineSlave(Label.get("builder"));
        jenkins.jenkins
                .getDescriptorByType(PackerInstallation.DescriptorImpl.class)
                .setInstallations(new PackerInstallation("debian", "${BIN}", List.of()));

        WorkflowRun run = run(
                jenkins,
                Result.SUCCESS,
                "withEnv(['BIN=/usr/bin', 'PATH=/bin']) { packerBuild template: 'p.json', packer: 'debian' }");

        jenkins.assertLogContains("[packer] /usr/bin/packer build", run);
        jenkins.assertLogContains(
                "ERROR: there is no Packer 'other' in Manage Jenkins, Tools: use one of [debian]",
                run(jenkins, Result.FAILURE, "packerBuild template: 'p.json', packer: 'other'"));
    }

    private static WorkflowRun run(JenkinsRule jenkins, Result expected, String step) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node('builder') {\n writeFile file: 'p.json', text: '''" + TEMPLATE + "'''\n" + step + "\n}", true));
        return jenkins.buildAndAssertStatus(expected, job);
    }
}
