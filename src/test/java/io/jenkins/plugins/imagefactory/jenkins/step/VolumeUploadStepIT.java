package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.fixture.BlockStorage;
import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.LocalStepContext;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.PipelineFailure;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** With the real Keystone, Glance and Cinder. */
@ExtendWith(OpenStackExtension.class)
class VolumeUploadStepIT {
    @TempDir
    Path directory;

    private final OpenStack cloud;
    private final BlockStorage storage;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    VolumeUploadStepIT(OpenStack cloud) {
        this.cloud = cloud;
        storage = cloud.blockStorage(User.BUILDER, Project.FACTORY);
    }

    @AfterEach
    void noHalfImageIsLeft() {
        List<JsonNode> images = cloud.images();
        List<JsonNode> unfinished = cloud.unfinishedImages();
        cloud.deleteAllImages();
        cloud.deleteAllVolumes();
        assertThat(unfinished).isEmpty();
        assertThat(images).noneMatch(image -> image.path("name").asText().contains("(uploading "));
    }

    @Test
    void theImageIsActiveWithItsNameAndTheVolumesSize() throws IOException {
        String id = storage.add("made by hand", 7);

        LocalBuild build = run("""
                def image = volumeUpload volume: 'made by hand', name: 'of a volume', diskFormat: 'qcow2', visibility: 'private'
                echo "image ${image.name} ${image.status} ${image.minDisk} ${image.visibility} ${image.diskFormat} ${image.reused}"
                """);

        assertThat(console())
                .contains("Uploading volume 'made by hand' (" + id + ", 7 GiB) as 'of a volume' to project 'factory'")
                .contains("image of a volume active 7 private qcow2 false");
        assertThat(cloud.images())
                .extracting(image -> image.path("container_format").asText())
                .containsExactly("bare");
        EnvVars later = new EnvVars();
        build.action(ImageFactoryAction.class).buildEnvironment(build.run(), later);
        assertThat(later).containsEntry("IMAGE_NAME", "of a volume").containsKey("IMAGE_ID");
    }

    @Test
    void anImageIsCalledLikeItsVolumeAndSharedByDefault() throws IOException {
        String id = storage.add("like itself", 1);

        run("def image = volumeUpload '%s'; echo \"image ${image.name} ${image.visibility} ${image.diskFormat}\""
                .formatted(id));

        assertThat(console()).contains("image like itself shared raw");
    }

    @Test
    void aVolumeInUseIsUploadedOnlyByForce() throws IOException {
        String id = storage.add("busy", 1);
        storage.attach(id);

        assertThat(failure("volumeUpload 'busy'"))
                .startsWith("Cinder at " + cloud.cinder() + "/v3/")
                .contains(" answered 400 Bad Request to POST: Invalid volume: Volume " + id
                        + " status must be available (req-")
                .endsWith("); a server uses the volume: detach it, or set force");
        run("volumeUpload volume: 'busy', force: true");

        assertThat(cloud.images()).hasSize(1);
        assertThat(storage.status(id)).isEqualTo("in-use");
    }

    @Test
    void whereCinderUploadsNoVolumeInUseEvenByForceTheWayOutIsAnother() {
        storage.attach(storage.add("busy", 1));
        try (FaultyProxy proxy = FaultyProxy.before(cloud.cinder())) {
            proxy.on(1, "POST", ".*/action", new Fault.Status(400));

            assertThat(failure("volumeUpload volume: 'busy', force: true", proxy.url()))
                    .endsWith("; this cloud uploads no volume that a server uses: detach it, or upload a copy of it");
        }
    }

    @Test
    void aVolumeThatDoesNotExistIsNamed() {
        assertThat(failure("volumeUpload 'nothing'"))
                .isEqualTo("there is no volume 'nothing' in project 'factory' of cloud 'testcloud'");
        assertThat(failure("volumeUpload '1f62c4a4-3b0a-4a64-9d6f-6a1c9d7f0c11'"))
                .startsWith("there is no volume '1f62c4a4");
    }

    @Test
    void aNameOfSeveralVolumesIsAnError() {
        storage.add("twin", 1);
        storage.add("twin", 1);

        assertThat(failure("volumeUpload 'twin'"))
                .startsWith("there are 2 volumes named 'twin' in project 'factory' of cloud 'testcloud'");
    }

    @Test
    void aPublicImageIsLeftToAdministrators() {
        storage.add("open", 1);

        assertThat(failure("volumeUpload volume: 'open', visibility: 'public'"))
                .contains("403 Forbidden", "upload_public")
                .endsWith("only administrators may make public images of volumes in most clouds");
    }

    @Test
    void aFormatThatCinderDoesNotMakeIsRefused() {
        assertThat(failure("volumeUpload volume: 'any', diskFormat: 'iso'"))
                .isEqualTo("diskFormat is 'iso', but Cinder makes [qcow2, raw, vdi, vhd, vhdx, vmdk]");
    }

    @Test
    void anUploadThatCinderGivesUpIsTold() {
        String id = storage.add("broken", 1);
        storage.lose(id);

        assertThat(failure("volumeUpload 'broken'"))
                .startsWith("Cinder has given up to upload volume 'broken' (" + id + ") and deleted image ");
    }

    @Test
    void anUploadThatTakesTooLongIsGivenUpAndItsImageDeleted() {
        storage.hold(storage.add("slow", 1));

        assertThat(failure("volumeUpload volume: 'slow', timeout: 1"))
                .contains("of volume 'slow' is still queued in Glance, and the time is up");
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void anImageWhoseIdWasLostOnTheWayIsFoundByItsName() {
        storage.add("lost", 1);
        try (FaultyProxy proxy = FaultyProxy.before(cloud.cinder())) {
            proxy.on(1, "POST", ".*/action", new Fault.LoseAnswer());

            run("def image = volumeUpload 'lost'; echo \"image ${image.name} ${image.status}\"", proxy.url());
        }
        assertThat(console()).contains("image lost active");
        assertThat(cloud.images()).hasSize(1);
    }

    @Test
    void aRequestThatNeverArrivesIsTold() {
        storage.add("unheard", 1);
        try (FaultyProxy proxy = FaultyProxy.before(cloud.cinder())) {
            proxy.on(1, "POST", ".*/action", new Fault.Status(504));

            assertThat(failure("volumeUpload 'unheard'", proxy.url())).contains("answered 504 Fault to POST");
        }
        assertThat(cloud.images()).isEmpty();
    }

    @Test
    void anAbortDeletesTheHalfImage() throws Exception {
        storage.hold(storage.add("aborted", 1));
        try (TestClouds clouds = new TestClouds(cloud, User.BUILDER)) {
            LocalBuild build = build(clouds);
            LocalStepContext context =
                    new LocalStepContext(build, new FilePath(build.workspace().toFile()), new EnvVars(System.getenv()));
            StepExecution execution = new VolumeUploadStep("aborted").start(context);
            execution.start();
            while (cloud.unfinishedImages().isEmpty()) {
                Thread.sleep(20);
            }

            execution.stop(new InterruptedException("aborted by a person"));

            assertThat(context.end().handle((result, failure) -> failure).get(5, TimeUnit.MINUTES))
                    .hasMessage("aborted by a person");
        }
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void theCatalogMayHaveCindersAddressWithVersionAndProject() throws IOException {
        String project = cloud.id(Project.FACTORY);
        for (String suffix : List.of("", "/v3", "/v3/" + project, "/v2/" + project + "/")) {
            storage.add("at " + suffix, 1);

            run("volumeUpload 'at %s'".formatted(suffix), URI.create(cloud.cinder() + suffix));
        }
        assertThat(cloud.images()).hasSize(4);
    }

    private String failure(String jenkinsfile) {
        return failure(jenkinsfile, new TestClouds(cloud, User.BUILDER));
    }

    private String failure(String jenkinsfile, URI address) {
        return failure(jenkinsfile, TestClouds.withService(cloud, User.BUILDER, "block_storage", address));
    }

    private String failure(String jenkinsfile, TestClouds clouds) {
        PipelineFailure failure = catchThrowableOfType(PipelineFailure.class, () -> run(jenkinsfile, clouds));
        assertThat(failure).as("the Pipeline fails").isNotNull();
        assertThat(failure.getCause()).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain("Exception");
        return failure.getMessage();
    }

    private LocalBuild run(String jenkinsfile) {
        return run(jenkinsfile, new TestClouds(cloud, User.BUILDER));
    }

    private LocalBuild run(String jenkinsfile, URI address) {
        return run(jenkinsfile, TestClouds.withService(cloud, User.BUILDER, "block_storage", address));
    }

    private LocalBuild run(String jenkinsfile, TestClouds clouds) {
        try (clouds) {
            LocalBuild build = build(clouds);
            Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), jenkinsfile), build, Map.of());
            return build;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LocalBuild build(TestClouds clouds) throws IOException {
        return LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
