package io.jenkins.plugins.imagefactory.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.CinderContract;
import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.fixture.Guestfs;
import io.jenkins.plugins.imagefactory.fixture.NovaContract;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import io.jenkins.plugins.imagefactory.runner.Trigger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The image factories of docs/examples, each as its users run it. */
@ExtendWith(OpenStackExtension.class)
class ExamplesIT {
    @TempDir
    private Path directory;

    private final OpenStack cloud;
    private Supplier<TestClouds> clouds;

    ExamplesIT(OpenStack cloud) {
        this.cloud = cloud;
        this.clouds = () -> new TestClouds(cloud, User.BUILDER);
    }

    @AfterEach
    void deleteTheImages() throws IOException {
        clouds = () -> new TestClouds(cloud, User.BUILDER);
        String unprotect = active("small-linux-1.0").stream()
                .map(image -> "glanceUpdate image: '" + image.path("id").asText() + "', protected: false\n")
                .collect(Collectors.joining());
        String names =
                "['[CICD] img*', 'base', 'web bundle*', 'worked-example*', 'Small Linux', 'jenkins-agent-*', 'small-linux-*']";
        Path cleaning = Files.writeString(
                directory.resolve("cleaning"),
                unprotect + "for (name in " + names + ") { glancePrune name: name, keep: 0 }");
        run(cleaning, Files.createDirectories(directory.resolve("cleaned")), Trigger.with(Map.of()));
    }

    @Test
    void aLaboratoryBuildsWhatChangedAndReleasesTags() throws IOException {
        Path workspace = checkOut("laboratory");

        String all = run(workspace, new Trigger(Map.of(), Map.of("BUILD_ALL", true), List.of()));

        assertThat(all).contains("stage: Build").doesNotContain("stage: Release\n");
        assertThat(List.of("img1", "img2", "img3")).allSatisfy(image -> {
            assertThat(active("[CICD] " + image)).hasSize(1);
            assertThat(members("[CICD] " + image)).containsExactly(cloud.id(Project.DEV));
        });
        String first = active("[CICD] img2").get(0).path("id").asText();

        run(workspace, new Trigger(Map.of(), Map.of(), List.of("README.md", "img2/kickstart.cfg")));

        assertThat(active("[CICD] img2"))
                .singleElement()
                .satisfies(image -> assertThat(image.path("id").asText()).isNotEqualTo(first));
        assertThat(cloud.image(first).path("name").asText()).startsWith("[CICD] img2 (");

        String release = run(workspace, new Trigger(Map.of("TAG_NAME", "v1"), Map.of(), List.of("img1/template.json")));

        assertThat(release).contains("input of Release").doesNotContain("stage: Build");
        assertThat(members("[CICD] img1"))
                .containsExactlyInAnyOrder(cloud.id(Project.DEV), cloud.id(Project.PROD_A), cloud.id(Project.PROD_B));
    }

    @Test
    void aBundleIsBuiltByOpenStackAndGetsItsPropertiesAndTemplates() throws IOException {
        uploadBase();
        Path workspace = checkOut("bundle-factory");

        run(workspace, onTheTestCloud());

        JsonNode image = cloud.images().stream()
                .filter(candidate -> candidate.path("name").asText().startsWith("web bundle"))
                .findFirst()
                .orElseThrow();
        assertThat(image.path("os_distro").asText()).isEqualTo("debian");
        assertThat(image.path("bundle").asText()).isEqualTo("web");
        assertThat(image.has("build_note")).isFalse();
        assertThat(image.path("min_disk").asInt()).isEqualTo(1);
        String id = image.path("id").asText();
        assertThat(archived("target/web/output/stack.yaml")).contains("default: " + id, "port_range_min: 443");
        assertThat(archived("target/web/output/README.txt")).contains("--parameter image=" + id + " my-web");
        assertThat(archived("packer.latest.log")).contains(id);
        assertThat(cloud.nova().servers()).isEmpty();
    }

    @Test
    void anOperatingSystemsImageIsUploadedOnceItHasBooted() throws IOException {
        Path workspace = checkOut("bundle-factory/os-images");

        run(
                workspace,
                new Trigger(
                        Map.of("IMAGE_URL", BaseDisk.path().toUri().toString()),
                        Map.of("IMAGE_NAME", "Small Linux", "READY", BaseDisk.READY),
                        List.of()));

        assertThat(active("Small Linux")).hasSize(1);
        assertThat(workspace.resolve("image.qcow2")).doesNotExist();
    }

    @Test
    void aRawSnapshotBecomesAQcow2() throws IOException {
        uploadBase();
        Path workspace = checkOut("snapshot-to-qcow2");

        run(workspace, onTheTestCloud());

        assertThat(active("worked-example"))
                .singleElement()
                .satisfies(
                        image -> assertThat(image.path("disk_format").asText()).isEqualTo("qcow2"));
        assertThat(cloud.images())
                .noneMatch(image -> image.path("name").asText().startsWith("worked-example raw"));
        assertThat(workspace.resolve("image.raw")).doesNotExist();
    }

    @Test
    void oneGoldStandardBecomesAnImageForEveryProvider() throws Exception {
        Path workspace = checkOut("gold-images");
        Map<String, String> env = new HashMap<>(Guestfs.environment());
        env.put("ROOT_DEVICE", "/dev/sda2");

        run(workspace, new Trigger(env, Map.of("VISIBILITY", "shared"), List.of()));

        Path artifacts = workspace.resolve("artifacts/1.0/small-linux");
        assertThat(List.of(
                        "aws/small-linux-1.0_aws.ova",
                        "azure/small-linux-1.0_azure.vhd",
                        "docker/small-linux-1.0_docker.tar.gz",
                        "gcp/small-linux-1.0_gcp.tar.gz",
                        "openstack/small-linux-1.0_openstack.qcow2",
                        "virtualbox/small-linux-1.0_virtualbox.vdi",
                        "vmware/small-linux-1.0_vmware.ova",
                        "vagrant/small-linux-1.0_vagrant.box"))
                .allSatisfy(file -> assertThat(artifacts.resolve(file)).isNotEmptyFile());
        assertThat(new ProcessBuilder("sha256sum", "--check", "--quiet", "SHA256SUM")
                        .directory(artifacts.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        assertThat(new ProcessBuilder(
                                "tar",
                                "-xzOf",
                                artifacts
                                        .resolve("docker/small-linux-1.0_docker.tar.gz")
                                        .toString(),
                                "./etc/image-factory-release")
                        .start()
                        .inputReader()
                        .readLine())
                .isEqualTo("image-factory: this is small-linux 1.0 for docker");
        assertThat(active("small-linux-1.0")).singleElement().satisfies(image -> {
            assertThat(image.path("protected").asBoolean()).isTrue();
            assertThat(image.path("tags").get(0).asText()).isEqualTo("packer");
        });
    }

    @Test
    void agentsGetAnImageOfElementsUnderAStableName() throws IOException {
        assumeTrue(DiskImageBuilder.canMount(), "disk-image-create mounts, and this machine does not let it");
        Path workspace = checkOut("agent-images");
        DiskImageBuilder.copyElementsTo(workspace.resolve("elements"));
        Trigger trigger = new Trigger(
                Map.of("TINY_BUSYBOX", DiskImageBuilder.busybox().toString()),
                Map.of("RELEASES", "bookworm trixie", "BASE", "tiny-root", "OPTIONS", "-n"),
                List.of());

        run(workspace, trigger);
        run(workspace, trigger);

        assertThat(List.of("jenkins-agent-bookworm", "jenkins-agent-trixie"))
                .allSatisfy(name -> assertThat(active(name)).hasSize(1));
        assertThat(cloud.images()).anyMatch(image -> image.path("name").asText().startsWith("jenkins-agent-trixie ("));
    }

    @Test
    void agentsGetAnImageOfAHandMadeServersVolume() throws IOException {
        Path workspace = checkOut("agent-images");
        try (CinderContract cinder = CinderContract.start(cloud)) {
            cinder.addVolume("handmade", "available", 1);
            clouds = () -> TestClouds.withService(cloud, User.BUILDER, "block_storage", cinder.url());

            run(workspace, new Trigger(Map.of(), Map.of("VOLUME", "handmade"), List.of()));
        }

        assertThat(active("jenkins-agent-handmade")).hasSize(1);
    }

    private void uploadBase() throws IOException {
        Path upload = Files.writeString(
                directory.resolve("upload"),
                "glanceUpload file: '" + BaseDisk.path().getFileName() + "', name: 'base'\n");
        run(upload, BaseDisk.path().getParent(), Trigger.with(Map.of()));
    }

    private Trigger onTheTestCloud() {
        NovaContract nova = cloud.nova();
        return new Trigger(
                Map.of("BUILD_SSH_PORT", Integer.toString(nova.sshPort())),
                Map.of("CLOUD", TestClouds.NAME),
                List.of());
    }

    private Path checkOut(String example) throws IOException {
        Path workspace = directory.resolve("workspace");
        FileTree.copy(Path.of("docs", "examples").resolve(example), workspace);
        return workspace;
    }

    private String run(Path workspace, Trigger trigger) throws IOException {
        return run(workspace.resolve("Jenkinsfile"), workspace, trigger);
    }

    private String run(Path jenkinsfile, Path workspace, Trigger trigger) throws IOException {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        Map<String, String> env = new HashMap<>(
                Map.of("BASE_IMAGE", BaseDisk.path().toString(), "ACCELERATOR", "tcg", "BUILD_NUMBER", "1"));
        env.putAll(trigger.env());
        try (TestClouds opened = clouds.get()) {
            LocalBuild build = LocalBuild.in(workspace, directory.resolve("artifacts"), console, opened);
            Pipeline.run(jenkinsfile, build, new Trigger(env, trigger.params(), trigger.changes()));
        } catch (RuntimeException e) {
            System.out.println(console.toString(StandardCharsets.UTF_8));
            throw e;
        }
        return console.toString(StandardCharsets.UTF_8);
    }

    private String archived(String path) throws IOException {
        return Files.readString(directory.resolve("artifacts").resolve(path));
    }

    /** The images of exactly that name. */
    private List<JsonNode> active(String name) {
        return cloud.images().stream()
                .filter(image -> image.path("name").asText().equals(name))
                .filter(image -> image.path("status").asText().equals("active"))
                .toList();
    }

    private List<String> members(String name) {
        return cloud.members(active(name).get(0).path("id").asText()).stream()
                .filter(member -> member.path("status").asText().equals("accepted"))
                .map(member -> member.path("member_id").asText())
                .toList();
    }
}
