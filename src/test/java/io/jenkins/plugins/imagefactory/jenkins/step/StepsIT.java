package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hudson.AbortException;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.PipelineFailure;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The steps as a Jenkinsfile calls them, with the real Packer, Keystone and Glance. */
@ExtendWith(OpenStackExtension.class)
class StepsIT {
    private static final String FILE_TEMPLATE = """
            {"builders": [{"type": "file", "name": "note", "content": "hello", "target": "note.txt"},
                          {"type": "null", "name": "quiet", "communicator": "none"}],
             "provisioners": [{"type": "shell-local", "only": ["quiet"], "inline": ["echo it is $GREETING", "%s"]}]}
            """;

    @TempDir
    Path directory;

    private OpenStack cloud;
    private User user = User.BUILDER;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @BeforeEach
    void useTheCloud(OpenStack testCloud) {
        cloud = testCloud;
    }

    @AfterEach
    void nothingIsLeftHalfUploaded() {
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void packerBuildReturnsBuildsArtifactsAndLog() throws IOException {
        write("note.json", FILE_TEMPLATE.formatted("true"));

        run("""
                def result = withEnv(['GREETING=friendly']) { packerBuild 'note.json' }
                echo "builds ${result.builds.collect { it.name + ':' + it.status }.sort()}"
                echo "files ${result.artifacts*.files.flatten()}"
                echo "Packer ${result.packerVersion}"
                """);

        assertThat(console())
                .contains("builds [note:success, quiet:success]", "files [note.txt]", "Packer 1.")
                .contains("    quiet: it is friendly");
        assertThat(directory.resolve("archive/packer.latest.log")).content().contains("quiet: it is friendly");
    }

    @Test
    void aBuildThatFailsIsNamedWithPackersReasonAndItsLogIsArchived() throws IOException {
        write("note.json", FILE_TEMPLATE.formatted("exit 3"));

        assertThat(failure("packerBuild 'note.json'"))
                .matches("Packer could not build 'quiet': .+ \\(template note.json, log packer-logs/note-.+\\)");
        assertThat(directory.resolve("archive/packer.latest.log")).exists();
    }

    @Test
    void aTemplateThatIsMissingIsNamed() {
        assertThat(failure("packerBuild 'nowhere.json'"))
                .isEqualTo("Packer template 'nowhere.json' does not exist in " + workspace());
    }

    @Test
    void aTemplateThatPackerRefusesEndsInOneSentence() throws IOException {
        write("broken.json", "{\"builders\": [{\"type\": \"nonsense\"}]}");

        assertThat(failure("packerBuild 'broken.json'"))
                .isEqualTo("Packer finds template 'broken.json' invalid: its reasons stand above");
    }

    @Test
    void anOnlyThatLeavesNoBuildIsAnError() throws IOException {
        write("note.json", FILE_TEMPLATE.formatted("true"));

        assertThat(failure("packerBuild template: 'note.json', only: ['nothing']"))
                .startsWith("Packer built nothing from template 'note.json'");
    }

    @Test
    void packerThatIsNotInstalledIsNamed() throws IOException {
        write("note.json", FILE_TEMPLATE.formatted("true"));

        assertThat(failure("withEnv(['PATH=/nowhere']) { packerBuild 'note.json' }"))
                .isEqualTo("Packer is not installed on the agent: there is no 'packer' on its PATH /nowhere");
    }

    @Test
    void anotherProgramOfTheNamePackerIsNotTakenForIt() throws IOException {
        write("note.json", FILE_TEMPLATE.formatted("true"));
        write("bin/packer", "#!/bin/sh\necho 0 0\n");
        assertThat(workspace().resolve("bin/packer").toFile().setExecutable(true))
                .isTrue();

        assertThat(failure("withEnv([\"PATH=${pwd()}/bin:/usr/bin:/bin\"]) { packerBuild 'note.json' }"))
                .endsWith("bin/packer is not HashiCorp's Packer: put that one before it on the PATH");
    }

    @Test
    void glanceUploadTakesAGlobThatMatchesOneFile() throws IOException {
        write("out/disk.raw", "some bytes of a disk");

        run("""
                def image = glanceUpload file: 'out/*.raw', tags: ['a'], properties: [os_distro: 'none'], minRam: 64
                echo "image ${image.name} ${image.status} ${image.size} ${image.project} ${image.visibility}"
                """);

        assertThat(console()).contains("image disk active 20 factory shared");
    }

    @Test
    void aGlobThatMatchesTwoFilesIsAnError() throws IOException {
        write("a.raw", "a");
        write("b.raw", "b");

        assertThat(failure("glanceUpload '*.raw'"))
                .isEqualTo(
                        "'*.raw' matches 2 files in " + workspace() + ", and glanceUpload takes one: [a.raw, b.raw]");
    }

    @Test
    void aFileThatIsMissingIsAnError() {
        assertThat(failure("glanceUpload 'nothing.qcow2'"))
                .isEqualTo("no file matches 'nothing.qcow2' in " + workspace());
    }

    @Test
    void aDiskFormatThatContradictsTheContentIsAnError() throws IOException {
        write("disk.raw", "raw bytes");

        assertThat(failure("glanceUpload file: 'disk.raw', diskFormat: 'qcow2'"))
                .contains("disk.raw is raw by its content, but diskFormat says qcow2");
    }

    @Test
    void aFileThatNoCloudBootsIsRefusedBeforeAnImageIsCreated() throws IOException {
        Files.createDirectories(workspace());
        Files.write(workspace().resolve("disk.gz"), new byte[] {0x1f, (byte) 0x8b, 8});

        assertThat(failure("glanceUpload 'disk.gz'")).contains("is compressed").contains("gunzip");
    }

    @Test
    void aVisibilityThatThePolicyForbidsEndsInOneSentence() throws IOException {
        write("disk.raw", "raw bytes");

        assertThat(failure("glanceUpload file: 'disk.raw', visibility: 'public'"))
                .startsWith("Glance's policy does not let user 'builder'");
    }

    @Test
    void aWrongPasswordEndsInOneSentenceWithoutIt() throws IOException {
        write("disk.raw", "raw bytes");
        user = User.BUILDER.withPassword("wrong-password-4711");

        assertThat(failure("glanceUpload 'disk.raw'"))
                .contains("refused user 'builder'", "wrong user, domain or password")
                .doesNotContain("4711");
        assertThat(console()).doesNotContain("4711");
    }

    @Test
    void aProjectThatDoesNotExistIsNamed() throws IOException {
        write("disk.raw", "raw bytes");

        assertThat(failure("glanceUpload file: 'disk.raw', project: 'nowhere'"))
                .startsWith("project 'nowhere' does not exist in cloud 'testcloud'");
        assertThat(failure(
                        "def image = glanceUpload 'disk.raw'; glanceShare image: image.id, projects: 'dev; nowhere'"))
                .startsWith("image 'disk' could not be shared with nowhere: project 'nowhere' does not exist");
        assertThat(console()).contains("[glance]   dev      accepted");
    }

    @Test
    void anAmbiguousImageNameIsAnError() throws IOException {
        write("twin.raw", "raw bytes");

        assertThat(failure("2.times { glanceUpload 'twin.raw' }; glanceShare image: 'twin', projects: 'dev'"))
                .startsWith("there are 2 images named 'twin' in project 'factory' of cloud 'testcloud'");
    }

    @Test
    void anUndefinedTemplateVariableIsNamedWithItsPlace() throws IOException {
        write("stack.yaml.j2", "heat_template_version: 2021-04-16\nimage: {{ no_such_image }}\n");

        assertThat(failure("heatRender 'stack.yaml.j2'"))
                .isEqualTo("undefined variable 'no_such_image' in stack.yaml.j2 line 2");
    }

    @Test
    void anUnknownParameterIsAnError() {
        try (TestClouds clouds = new TestClouds(cloud, user)) {
            LocalBuild build = LocalBuild.in(workspace(), directory.resolve("archive"), console, clouds);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> Pipeline.bind("glanceUpload fle: 'x'", build))
                    .hasMessageContaining("glanceUpload has no parameter [fle]");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String failure(String jenkinsfile) {
        PipelineFailure failure = catchThrowableOfType(PipelineFailure.class, () -> run(jenkinsfile));
        assertThat(failure).as("the Pipeline fails").isNotNull();
        assertThat(failure.getCause()).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain("Exception");
        return failure.getMessage();
    }

    private void run(String jenkinsfile) throws IOException {
        Path file = directory.resolve("Jenkinsfile");
        Files.writeString(file, jenkinsfile);
        try (TestClouds clouds = new TestClouds(cloud, user)) {
            Pipeline.run(file, LocalBuild.in(workspace(), directory.resolve("archive"), console, clouds), Map.of());
        }
    }

    private Path workspace() {
        return directory.resolve("workspace");
    }

    private void write(String path, String text) throws IOException {
        Path file = workspace().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
