package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.fixture.CinderContract;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** With the real Keystone and Glance; Cinder's contract stands for Cinder. */
@ExtendWith(OpenStackExtension.class)
class VolumeUploadStepIT {
    @TempDir
    Path directory;

    private final OpenStack cloud;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private CinderContract cinder;

    VolumeUploadStepIT(OpenStack cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void startCinder() {
        cinder = CinderContract.start(cloud);
    }

    @AfterEach
    void noHalfImageIsLeft() {
        cinder.close();
        assertThat(cloud.unfinishedImages()).isEmpty();
        assertThat(cloud.images())
                .noneMatch(image -> image.path("name").asText().contains("(uploading "));
    }

    @Test
    void theImageIsActiveWithItsNameAndTheVolumesSize() throws IOException {
        String id = cinder.addVolume("made by hand", "available", 7);

        LocalBuild build = run("""
                def image = volumeUpload volume: 'made by hand', name: 'of a volume', diskFormat: 'qcow2', visibility: 'private'
                echo "image ${image.name} ${image.status} ${image.minDisk} ${image.visibility} ${image.diskFormat} ${image.reused}"
                """);

        assertThat(console())
                .contains("Uploading volume 'made by hand' (" + id + ", 7 GiB) as 'of a volume' to project 'factory'")
                .contains("image of a volume active 7 private qcow2 false");
        JsonNode upload = cinder.uploads().get(0);
        assertThat(upload.path("container_format").asText()).isEqualTo("bare");
        assertThat(upload.path("force").asBoolean()).isFalse();
        EnvVars later = new EnvVars();
        build.action(ImageFactoryAction.class).buildEnvironment(build.run(), later);
        assertThat(later).containsEntry("IMAGE_NAME", "of a volume").containsKey("IMAGE_ID");
    }

    @Test
    void anImageIsCalledLikeItsVolumeAndSharedByDefault() throws IOException {
        String id = cinder.addVolume("like itself", "available", 1);

        run("def image = volumeUpload '%s'; echo \"image ${image.name} ${image.visibility} ${image.diskFormat}\""
                .formatted(id));

        assertThat(console()).contains("image like itself shared raw");
    }

    @Test
    void aVolumeInUseIsUploadedOnlyByForce() throws IOException {
        String id = cinder.addVolume("busy", "in-use", 1);

        assertThat(failure("volumeUpload 'busy'"))
                .startsWith("Cinder at http://127.0.0.1:")
                .endsWith("answered 400 Bad Request to POST: Invalid volume: Volume " + id
                        + " status must be available; a server uses the volume: detach it, or set force");
        run("volumeUpload volume: 'busy', force: true");

        assertThat(cinder.uploads()).hasSize(1);
        assertThat(cinder.status(id)).isEqualTo("in-use");
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
        cinder.addVolume("twin", "available", 1);
        cinder.addVolume("twin", "available", 1);

        assertThat(failure("volumeUpload 'twin'"))
                .startsWith("there are 2 volumes named 'twin' in project 'factory' of cloud 'testcloud'");
    }

    @Test
    void aPublicImageIsLeftToAdministrators() {
        cinder.addVolume("open", "available", 1);

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
        String id = cinder.failingUploads().addVolume("broken", "available", 1);

        assertThat(failure("volumeUpload 'broken'"))
                .startsWith("Cinder has given up to upload volume 'broken' (" + id + ") and deleted image ");
    }

    @Test
    void anUploadThatTakesTooLongIsGivenUpAndItsImageDeleted() {
        cinder.holdingUploads().addVolume("slow", "available", 1);

        assertThat(failure("volumeUpload volume: 'slow', timeout: 1"))
                .contains("of volume 'slow' is still queued in Glance, and the time is up");
        assertThat(cloud.unfinishedImages()).isEmpty();
    }

    @Test
    void anImageWhoseIdWasLostOnTheWayIsFoundByItsName() {
        cinder.addVolume("lost", "available", 1);
        try (FaultyProxy proxy = FaultyProxy.before(cinder.url())) {
            proxy.on(1, "POST", ".*/action", new Fault.LoseAnswer());

            run("def image = volumeUpload 'lost'; echo \"image ${image.name} ${image.status}\"", proxy.url());
        }
        assertThat(console()).contains("image lost active");
        assertThat(cinder.uploads()).hasSize(1);
    }

    @Test
    void aRequestThatNeverArrivesIsTold() {
        cinder.addVolume("unheard", "available", 1);
        try (FaultyProxy proxy = FaultyProxy.before(cinder.url())) {
            proxy.on(1, "POST", ".*/action", new Fault.Status(504));

            assertThat(failure("volumeUpload 'unheard'", proxy.url())).contains("answered 504 Fault to POST");
        }
        assertThat(cinder.uploads()).isEmpty();
    }

    @Test
    void anAbortDeletesTheHalfImage() throws Exception {
        cinder.holdingUploads().addVolume("aborted", "available", 1);
        try (TestClouds clouds = clouds(cinder.url())) {
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
        for (String suffix : List.of("/v3", "/v3/" + cloud.id(Project.FACTORY), "/v2/" + cloud.id(Project.FACTORY))) {
            cinder.addVolume("at " + suffix, "available", 1);

            run("volumeUpload 'at %s'".formatted(suffix), URI.create(cinder.url() + suffix));
        }
        assertThat(cinder.uploads()).hasSize(3);
    }

    private String failure(String jenkinsfile) {
        return failure(jenkinsfile, cinder.url());
    }

    private String failure(String jenkinsfile, URI address) {
        PipelineFailure failure = catchThrowableOfType(PipelineFailure.class, () -> run(jenkinsfile, address));
        assertThat(failure).as("the Pipeline fails").isNotNull();
        assertThat(failure.getCause()).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain("Exception");
        return failure.getMessage();
    }

    private LocalBuild run(String jenkinsfile) {
        return run(jenkinsfile, cinder.url());
    }

    private LocalBuild run(String jenkinsfile, URI address) {
        try (TestClouds clouds = clouds(address)) {
            LocalBuild build = build(clouds);
            Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), jenkinsfile), build, Map.of());
            return build;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestClouds clouds(URI address) {
        return TestClouds.withService(cloud, User.BUILDER, "block_storage", address);
    }

    private LocalBuild build(TestClouds clouds) throws IOException {
        return LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
