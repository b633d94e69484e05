package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of images in Glance, from upload to pruning, as Jenkinsfiles ask for it. */
@ExtendWith(OpenStackExtension.class)
class GlanceStepsIT {
    @TempDir
    private Path directory;

    private final OpenStack cloud;
    private TestClouds clouds;

    GlanceStepsIT(OpenStack cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void configureTheCloud() {
        clouds = new TestClouds(cloud, User.BUILDER);
    }

    @AfterEach
    void deleteTheImages() throws IOException {
        StringBuilder steps = new StringBuilder();
        for (JsonNode image : cloud.images()) {
            if (image.path("name").asText().startsWith("it ")) {
                steps.append("glanceUpdate image: '%s', protected: false\n"
                        .formatted(image.path("id").asText()));
            }
        }
        run(steps + "glancePrune name: 'it *', keep: 0");
        clouds.close();
    }

    private String run(String script) throws IOException {
        return run(script, clouds);
    }

    private String run(String script, TestClouds access) throws IOException {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        Path workspace = Files.createDirectories(directory.resolve("workspace"));
        LocalBuild build = LocalBuild.in(workspace, directory.resolve("archive"), console, access);
        Path file = Files.writeString(directory.resolve("Jenkinsfile"), script);
        Pipeline.run(
                file, build, Map.of("BUILD_URL", "http://jenkins/job/it/1/", "JOB_NAME", "it", "BUILD_NUMBER", "1"));
        return console.toString(StandardCharsets.UTF_8);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(
                Files.createDirectories(directory.resolve("workspace")).resolve(name), content);
    }

    private List<JsonNode> images(String name) {
        return cloud.images().stream()
                .filter(image -> image.path("name").asText().equals(name))
                .toList();
    }

    @Test
    void anImageTellsWhichBuildMadeIt() throws IOException {
        write("disk.raw", "raw bytes");

        run("glanceUpload file: 'disk.raw', name: 'it origin', properties: [os_distro: 'x', jenkins_job: 'mine']");

        JsonNode image = images("it origin").get(0);
        assertThat(image.path("jenkins_build_url").asText()).isEqualTo("http://jenkins/job/it/1/");
        assertThat(image.path("jenkins_build").asText()).isEqualTo("1");
        assertThat(image.path("jenkins_job").asText()).isEqualTo("mine");
        assertThat(image.path("image_sha256").asText()).hasSize(64);
        assertThat(image.has("git_commit")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'../outside/new'",
                "\"${pwd()}/../outside/new\"",
                "'/tmp/it/new'",
                "'links/new'",
                "'links/below/new'",
                "'link'",
                "'dangling'",
                "'..\\\\outside\\\\new'",
            })
    void noDownloadLeavesTheWorkspace(String file) throws IOException {
        write("disk.raw", "raw bytes");
        Path workspace = directory.resolve("workspace");
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("mine"), "mine");
        Files.createSymbolicLink(workspace.resolve("links"), outside);
        Files.createSymbolicLink(workspace.resolve("link"), outside.resolve("mine"));
        Files.createSymbolicLink(workspace.resolve("dangling"), outside.resolve("new"));

        assertThatThrownBy(() -> run("glanceUpload file: 'disk.raw', name: 'it download'\n"
                        + "glanceDownload image: 'it download', file: " + file))
                .hasCauseInstanceOf(AbortException.class)
                .message()
                .containsAnyOf("lies outside of the workspace", "is written as on Windows");

        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("mine"));
        }
        assertThat(outside.resolve("mine")).hasContent("mine");
        assertThat(Path.of("/tmp/it")).doesNotExist();
    }

    @Test
    void theStepsOfABuildLogInOnceAndAnUploadAsksForNoMoreThanItNeeds() throws IOException {
        write("disk.raw", "raw bytes");
        try (FaultyProxy keystone = FaultyProxy.before(cloud.authUrl());
                FaultyProxy glance = FaultyProxy.before(cloud.glanceUrl());
                TestClouds through = TestClouds.at(cloud, User.BUILDER, keystone.url(), glance.url())) {
            run("3.times { glanceUpload file: 'disk.raw', name: \"it once ${it}\" }", through);

            assertThat(keystone.requests()).containsExactly("POST /v3/auth/tokens");
            assertThat(glance.requests().stream()
                            .map(request -> request.replaceAll("[0-9a-f-]{36}", "ID"))
                            .toList())
                    .containsExactly(
                            "POST /v2/images",
                            "GET /v2/images?sort=created_at:desc&status=active&limit=1",
                            "PUT /v2/images/ID/file",
                            "GET /v2/images/ID",
                            "PATCH /v2/images/ID",
                            "POST /v2/images",
                            "PUT /v2/images/ID/file",
                            "GET /v2/images/ID",
                            "PATCH /v2/images/ID",
                            "POST /v2/images",
                            "PUT /v2/images/ID/file",
                            "GET /v2/images/ID",
                            "PATCH /v2/images/ID");
        }
    }

    /** Bytes that change, but not the time at which they did, show that nobody has read them for it again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "glanceUpload file: 'disk.raw', name: 'it source'; glanceDownload image: 'it source', file: 'made.raw'",
                "imageConvert file: 'disk.raw', format: 'raw', output: 'made.raw'",
                "packerBuild template: 'file.json', images: 'made.raw'",
            })
    void theSha256OfAFileThatTheBuildMadeIsNotComputedAgain(String making) throws Exception {
        write("disk.raw", "raw bytes");
        write("file.json", """
                {"builders": [{"type": "file", "content": "raw bytes", "target": "made.raw"}]}
                """);
        Path made = directory.resolve("workspace/made.raw");

        run(making + """

                def before = new File('%s')
                def time = java.nio.file.Files.getLastModifiedTime(before.toPath())
                before.text = 'RAW' + before.text.substring(3)
                java.nio.file.Files.setLastModifiedTime(before.toPath(), time)
                def image = glanceUpload file: 'made.raw', name: 'it known'
                echo "known ${image.sha256}"
                before << 'more'
                def other = glanceUpload file: 'made.raw', name: 'it unknown'
                echo "unknown ${other.sha256}"
                """.formatted(made));

        JsonNode known = images("it known").get(0);
        assertThat(known.path("image_sha256").asText()).hasSize(64);
        assertThat(known.path("os_hash_value").asText()).hasSize(128);
        assertThat(images("it unknown").get(0).path("image_sha256").asText())
                .isEqualTo(Digests.sha256(made))
                .isNotEqualTo(known.path("image_sha256").asText());
        Path asMade = Files.write(
                directory.resolve("as made"),
                ("raw" + Files.readString(made).replaceFirst("(?s)^RAW(.*)more$", "$1")).getBytes());
        assertThat(known.path("image_sha256").asText()).isEqualTo(Digests.sha256(asMade));
    }

    @Test
    void provenanceCanBeLeftOut() throws IOException {
        write("disk.raw", "raw bytes");

        run("glanceUpload file: 'disk.raw', name: 'it plain', provenance: false");

        assertThat(images("it plain").get(0).has("image_sha256")).isFalse();
    }

    @Test
    void aNameThatIsTakenIsAnErrorIfOneSaysSo() throws IOException {
        write("disk.raw", "raw bytes");
        run("glanceUpload file: 'disk.raw', name: 'it taken'");

        assertThatThrownBy(() -> run("glanceUpload file: 'disk.raw', name: 'it taken', ifExists: 'error'"))
                .hasMessageContaining("there is an image 'it taken' in project 'factory' of cloud 'testcloud' already");
        assertThat(images("it taken")).hasSize(1);
    }

    @Test
    void theSameDataIsNotUploadedTwice() throws IOException {
        write("disk.raw", "raw bytes");

        String console = run("""
                def first = glanceUpload file: 'disk.raw', name: 'it same', ifExists: 'skip'
                def second = glanceUpload file: 'disk.raw', name: 'it same', ifExists: 'skip'
                echo "${first.reused} ${second.reused} ${first.id == second.id}"
                writeFile file: 'disk.raw', text: 'RAW BYTES'
                def other = glanceUpload file: 'disk.raw', name: 'it same', ifExists: 'skip'
                echo "other ${other.reused}"
                """);

        assertThat(console).contains("false true true", "other false", "with the same data is in project 'factory'");
        assertThat(images("it same")).hasSize(2);
    }

    @Test
    void aRollingNameMeansTheNewestImageAlone() throws IOException {
        write("disk.raw", "raw bytes");

        String console = run("""
                def old = glanceUpload file: 'disk.raw', name: 'it rolling', ifExists: 'replace'
                def current = glanceUpload file: 'disk.raw', name: 'it rolling', ifExists: 'replace'
                echo "replaced ${current.replaced == [old.id]}"
                """);

        assertThat(console).contains("replaced true");
        assertThat(images("it rolling")).hasSize(1);
        assertThat(cloud.images())
                .filteredOn(image -> image.path("name").asText().matches("it rolling \\(\\d{8}-\\d{6}\\)"))
                .singleElement()
                .satisfies(
                        older -> assertThat(older.path("os_hidden").asBoolean()).isTrue());
    }

    @Test
    void anUnknownPolicyIsRefusedBeforeAnythingIsDone() throws IOException {
        write("disk.raw", "raw bytes");

        assertThatThrownBy(() -> run("glanceUpload file: 'disk.raw', name: 'it x', ifExists: 'overwrite'"))
                .hasMessageContaining("ifExists is 'overwrite', but must be one of [keep, error, skip, replace]");
    }

    @Test
    void anImageIsChangedInOneRequestAndATimeLaterNotAtAll() throws IOException {
        write("disk.raw", "raw bytes");

        String console = run("""
                def image = glanceUpload file: 'disk.raw', name: 'it update', properties: [a: '1', b: '2', c: '3'], tags: ['old']
                for (i in 1..2) {
                    image = glanceUpdate image: image.id, name: 'it updated', properties: [d: '4'], removeProperties: ['gone'],
                            keepProperties: ['a'], tags: ['new', 'newer'], minDisk: 7, protected: true, visibility: 'private'
                }
                echo "${image.name} ${image.properties} ${image.tags.sort()} ${image.minDisk} ${image.protected} ${image.visibility}"
                """);

        assertThat(console)
                .containsSubsequence("is changed", "is as it should be")
                .contains("it updated [a:1, d:4] [new, newer] 7 true private");
    }

    @Test
    void anImageComesBackAsItWentIn() throws IOException {
        write("disk.raw", "raw bytes");

        String console = run("""
                glanceUpload file: 'disk.raw', name: 'it back: 1/2'
                def there = glanceDownload 'it back: 1/2'
                echo "${there.path} ${there.size} ${there.verified}"
                echo readFile(there.path)
                """);

        assertThat(console).contains("it back_ 1_2.raw 9 true", "\nraw bytes\n");
    }

    @Test
    void theNewestImagesAreKept() throws IOException {
        write("disk.raw", "raw bytes");

        String uploads = run("""
                for (i in 1..4) {
                    glanceUpload file: 'disk.raw', name: "it prune ${i}", tags: ['it-prune'], protected: i == 1
                    sleep 1
                }
                """);
        String console = run("""
                def dry = glancePrune tag: 'it-prune', keep: 2, dryRun: true
                def pruned = glancePrune name: 'it prune*', keep: 2
                echo "${pruned == dry} kept ${pruned.kept*.name} deleted ${pruned.deleted*.name}"
                def hidden = glancePrune name: 'it prune*', keep: 1, hide: true
                echo "hidden ${hidden.hidden*.name}"
                """);

        assertThat(uploads).contains("it prune 4");
        assertThat(console)
                .contains(
                        "true kept [it prune 4, it prune 3, it prune 1] deleted [it prune 2]",
                        "hidden [it prune 3]",
                        "it prune 1 (",
                        "), protected");
    }

    @Test
    void imagesThatAreOnTheirWayToTheirNamesAreNotPruned() throws IOException {
        write("disk.raw", "raw bytes");
        run("glanceUpload file: 'disk.raw', name: 'it whole (uploading 00000000-0000-4000-8000-000000000000)'");

        assertThat(run("""
                echo "deleted ${glancePrune(name: 'it whole*', keep: 0).deleted}"
                glanceUpdate image: 'it whole (uploading 00000000-0000-4000-8000-000000000000)', name: 'it whole'
                """)).contains("deleted []", ", on its way");
    }

    @Test
    void imagesOfThisBuildAreNotPruned() throws IOException {
        write("disk.raw", "raw bytes");

        assertThat(run("""
                glanceUpload file: 'disk.raw', name: 'it mine'
                echo "deleted ${glancePrune(name: 'it mine', keep: 0).deleted}"
                """)).contains("deleted []", "made by this build");
    }

    @Test
    void moreImagesThanMayGoAtOnceAllStay() throws IOException {
        write("disk.raw", "raw bytes");
        run("3.times { glanceUpload file: 'disk.raw', name: 'it many' }");

        assertThatThrownBy(() -> run("glancePrune name: 'it many', keep: 0, maxDelete: 2"))
                .hasMessage("glancePrune would delete 3 images in project 'factory' of cloud 'testcloud', but no more"
                        + " than 2 at once, so none is deleted: look at them with dryRun: true, then set maxDelete");
        assertThat(images("it many")).hasSize(3);
        assertThat(
                        run(
                                "echo \"would ${glancePrune(name: 'it many', keep: 0, maxDelete: 2, dryRun: true).deleted.size()}\""))
                .contains("would 3");
        assertThat(run("echo \"deleted ${glancePrune(name: 'it many', keep: 1, maxDelete: 2).deleted.size()}\""))
                .contains("deleted 2");
    }

    @Test
    void anImageThatIsHiddenDoesNotHaveItsName() throws IOException {
        write("disk.raw", "raw bytes");

        assertThat(run("""
                def hidden = glanceUpload file: 'disk.raw', name: 'it hidden', hidden: true
                def error = glanceUpload file: 'disk.raw', name: 'it hidden', ifExists: 'error'
                glanceUpdate image: error.id, hidden: true
                def skip = glanceUpload file: 'disk.raw', name: 'it hidden', ifExists: 'skip'
                echo "reused ${skip.reused} ${skip.properties.keySet().findAll { it.contains('claim') }}"
                """)).contains("reused false []");
        assertThat(images("it hidden")).hasSize(3);
    }

    @Test
    void aVisibilityThatGlanceForbidsIsToldBeforeAnythingIsSent() throws IOException {
        write("disk.raw", "raw bytes");

        assertThatThrownBy(() ->
                        run("glanceUpload file: 'disk.raw', name: 'it public', visibility: 'public', protected: true"))
                .hasMessageStartingWith("Glance's policy does not let user 'builder'")
                .hasMessageContaining("make images public: choose another visibility, or ask an administrator");
        assertThat(cloud.images())
                .filteredOn(image -> image.path("name").asText().startsWith("it public"))
                .isEmpty();
    }

    @Test
    void aPrivateImageIsMadeSharedOnlyWhenSomebodyIsFoundToShareItWith() throws IOException {
        write("disk.raw", "raw bytes");
        run("glanceUpload file: 'disk.raw', name: 'it private', visibility: 'private'");

        assertThatThrownBy(() -> run("glanceShare image: 'it private', projects: 'nowhere'"))
                .hasMessageContaining("project 'nowhere' does not exist");
        assertThat(images("it private").get(0).path("visibility").asText()).isEqualTo("private");

        assertThat(run("glanceShare image: 'it private', projects: 'dev'"))
                .contains("Image 'it private' was private, which no other project can see: it is made shared");
        assertThat(images("it private").get(0).path("visibility").asText()).isEqualTo("shared");
    }

    @Test
    void pruningEverythingIsNoOneSentenceAway() {
        assertThatThrownBy(() -> run("glancePrune keep: 0"))
                .hasMessageContaining("glancePrune needs 'name' or 'tag': which images to prune");
    }
}
