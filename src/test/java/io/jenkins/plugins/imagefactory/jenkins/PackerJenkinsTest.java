package io.jenkins.plugins.imagefactory.jenkins;

import static io.jenkins.plugins.imagefactory.jenkins.ServedPages.page;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tools.InstallSourceProperty;
import hudson.tools.ZipExtractionInstaller;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.packer.PackerInstallation;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.tools.zip.ZipEntry;
import org.apache.tools.zip.ZipOutputStream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Packer in a real Jenkins: tools, secrets, durable tasks. */
@WithJenkins
class PackerJenkinsTest {
    private static final String SECRET = "s3cret-4711,100%";
    /** In seconds; by it the processes of this run are known. */
    private static final int LONG_TIME = ThreadLocalRandom.current().nextInt(1_000_000, 1_000_000_000);

    @TempDir
    Path directory;

    @Test
    void packerOfAnInstallationIsFoundOnTheNode(JenkinsRule jenkins) throws Exception {
        Path home = Files.createDirectories(directory.resolve("packer of tests"));
        Files.createSymbolicLink(home.resolve("packer"), Path.of("/usr/bin/packer"));
        jenkins.jenkins
                .getDescriptorByType(PackerInstallation.DescriptorImpl.class)
                .setInstallations(new PackerInstallation("of tests", "${TOOLS}/packer of tests", List.of()));

        WorkflowRun build = jenkins.buildAndAssertSuccess(pipeline(
                jenkins,
                "withEnv(['TOOLS=%s']) { packerBuild template: 't.json', packer: 'of tests' }".formatted(directory),
                "echo hello"));

        jenkins.assertLogContains("[packer] Packer 1.", build);
        jenkins.assertLogContains(home.resolve("packer").toString(), build);
    }

    @Test
    void packerIsExtractedFromAZipOnTheNodeAndPutOnThePathByTools(JenkinsRule jenkins) throws Exception {
        Path zip = directory.resolve("packer_1.6.6_linux_amd64.zip");
        try (ZipOutputStream file = new ZipOutputStream(zip.toFile())) {
            ZipEntry program = new ZipEntry("packer");
            program.setUnixMode(0755);
            file.putNextEntry(program);
            file.write("#!/bin/sh\nexec /usr/bin/packer \"$@\"\n".getBytes(StandardCharsets.US_ASCII));
        }
        ZipExtractionInstaller installer =
                new ZipExtractionInstaller(null, zip.toUri().toString(), null);
        jenkins.jenkins
                .getDescriptorByType(PackerInstallation.DescriptorImpl.class)
                .setInstallations(
                        new PackerInstallation("zipped", null, List.of(new InstallSourceProperty(List.of(installer)))));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                pipeline {
                    agent any
                    tools { packer 'zipped' }
                    stages {
                        stage('Build') {
                            steps {
                                writeFile file: 't.json', text: '{"builders": [{"type": "null", "communicator": "none"}]}'
                                packerBuild template: 't.json', packer: 'zipped'
                                packerBuild 't.json'
                            }
                        }
                    }
                }
                """, true));

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        assertThat(build.getLog(1000))
                .filteredOn(line -> line.startsWith("[packer] Packer 1.") && line.endsWith("zipped/packer"))
                .hasSize(2);
    }

    @Test
    void aDeafPackerIsKilledWithAllItsProcesses(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = pipeline(
                jenkins,
                "packerBuild template: 't.json', abortGrace: 1",
                "trap '' INT TERM; echo I am running; while true; do sleep " + LONG_TIME + "; done");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("null: I am running", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertNothingSleeps();
    }

    @Test
    void anInstallationThatDoesNotExistIsNamed(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE, pipeline(jenkins, "packerBuild template: 't.json', packer: 'nothing'", "echo hello"));

        jenkins.assertLogContains("there is no Packer 'nothing' in Manage Jenkins", build);
    }

    @Test
    void aSecretVariableReachesPackerAndIsReadNowhere(JenkinsRule jenkins) throws Exception {
        storeSecret();
        WorkflowJob job = pipeline(
                jenkins,
                "packerBuild template: 't.json', secretVars: [password: 'the-password'], debugLog: true",
                "echo got: {{user `password`}}; ps -A -o args= > " + directory + "/args");

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        assertNoSecretIsLeft(jenkins, build.getRootDir().toPath());
        assertThat(build.getLog(1000)).anyMatch(line -> line.contains("got: ****"));
        assertThat(build.getLog(1000)).noneMatch(line -> line.contains("s3cret"));
        assertThat(Files.readString(directory.resolve("args")))
                .contains("packer build")
                .doesNotContain("s3cret");
        assertThat(build.getRootDir().toPath().resolve("archive/packer.latest.log"))
                .content()
                .contains("got: ****");
        assertThat(build.getArtifacts())
                .anySatisfy(artifact -> assertThat(artifact.getFileName()).endsWith(".debug.log"));
    }

    @Test
    void aSecretVariableReachesHcl2InAFreestyleJobToo(JenkinsRule jenkins) throws Exception {
        storeSecret();
        FreeStyleProject job = jenkins.createFreeStyleProject();
        Path workspace = Files.createDirectories(
                Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote()));
        Files.writeString(workspace.resolve("t.pkr.hcl"), """
                variable "password" { type = string }
                source "null" "n" { communicator = "none" }
                build {
                  sources = ["source.null.n"]
                  provisioner "shell-local" {
                    environment_vars = ["PASSWORD=${var.password}"]
                    inline = ["echo length $${#PASSWORD}, got: $PASSWORD"]
                  }
                }
                """);
        PackerBuildStep step = new PackerBuildStep("t.pkr.hcl");
        step.setSecretVars(Map.of("password", "the-password"));
        job.getBuildersList().add(new PackerBuildBuilder(step));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(build.getLog(1000))
                .anyMatch(line -> line.contains("got: ****"))
                .noneMatch(line -> line.contains("s3cret"));
        assertNoSecretIsLeft(jenkins, build.getRootDir().toPath());
    }

    @Test
    void secretsOfTheBlockAroundAreMaskedInTheArchivedLogs(JenkinsRule jenkins) throws Exception {
        storeSecret();
        WorkflowRun build = jenkins.buildAndAssertSuccess(pipeline(
                jenkins,
                "withCredentials([string(credentialsId: 'the-password', variable: 'PASSWORD')]) { packerBuild template: 't.json', debugLog: true }",
                "echo got: $PASSWORD"));

        assertNoSecretIsLeft(jenkins, build.getRootDir().toPath());
        assertThat(build.getRootDir().toPath().resolve("archive/packer.latest.log"))
                .content()
                .contains("got: ****");
    }

    @Test
    void errorsHaveTheirColourInTheConsole(JenkinsRule jenkins) throws Exception {
        WorkflowRun build =
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(jenkins, "packerBuild 't.json'", "exit 3"));

        assertThat(page(jenkins.getURL(), build.getUrl() + "console"))
                .containsPattern("<span class=.?error-inline.?>Build 'null' errored");
    }

    @Test
    void anAbortedBuildLeavesNoProcess(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = pipeline(jenkins, "packerBuild 't.json'", "echo I am running; sleep " + LONG_TIME);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("null: I am running", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("Cleanly cancelled builds after being interrupted.", build);
        assertNothingSleeps();
    }

    private static void assertNothingSleeps() {
        assertThat(ProcessHandle.allProcesses().map(ProcessHandle::info))
                .noneMatch(process -> process.commandLine().orElse("").contains("sleep " + LONG_TIME));
    }

    private void assertNoSecretIsLeft(JenkinsRule jenkins, Path buildDirectory) throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.walk(buildDirectory),
                Files.walk(jenkins.jenkins.getRootDir().toPath().resolve("workspace")))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .noneSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .contains("s3cret"));
        }
    }

    private static void storeSecret() throws IOException {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "the-password", "", Secret.fromString(SECRET)));
        SystemCredentialsProvider.getInstance().save();
    }

    private static WorkflowJob pipeline(JenkinsRule jenkins, String call, String command) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 't.json', text: '''{"variables": {"password": ""},
                        "builders": [{"type": "null", "communicator": "none"}],
                        "provisioners": [{"type": "shell-local", "inline": ["%s"]}]}'''
                    %s
                }
                """.formatted(command, call), true));
        return job;
    }
}
