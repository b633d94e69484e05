package io.jenkins.plugins.imagefactory.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.NovaContract;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
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
import java.util.stream.Collectors;

/** An image factory of docs/examples, which works on the test's cloud. */
final class ExampleFactory {
    private final OpenStack cloud;
    private final Path directory;

    /** @param directory for its workspace and artifacts */
    ExampleFactory(OpenStack cloud, Path directory) {
        this.cloud = cloud;
        this.directory = directory;
    }

    /** The example's files, as a workspace. */
    Path checkOut(String example) throws IOException {
        Path workspace = directory.resolve("workspace");
        FileTree.copy(Path.of("docs", "examples").resolve(example), workspace);
        return workspace;
    }

    /**
     * Runs the Jenkinsfile of the workspace.
     *
     * @return what it printed
     */
    String run(Path workspace, Trigger trigger) throws IOException {
        return run(workspace, trigger, new TestClouds(cloud, User.BUILDER));
    }

    private String run(Path workspace, Trigger trigger, TestClouds clouds) throws IOException {
        return run(workspace.resolve("Jenkinsfile"), workspace, trigger, clouds);
    }

    private String run(Path jenkinsfile, Path workspace, Trigger trigger, TestClouds clouds) throws IOException {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        Map<String, String> env = new HashMap<>(
                Map.of("BASE_IMAGE", BaseDisk.path().toString(), "ACCELERATOR", "tcg", "BUILD_NUMBER", "1"));
        env.putAll(trigger.env());
        try (clouds) {
            LocalBuild build = LocalBuild.in(workspace, directory.resolve("artifacts"), console, clouds);
            Pipeline.run(jenkinsfile, build, new Trigger(env, trigger.params(), trigger.changes()));
        } catch (RuntimeException e) {
            System.out.println(console.toString(StandardCharsets.UTF_8));
            throw e;
        }
        return console.toString(StandardCharsets.UTF_8);
    }

    /** A build whose servers are those of the test's cloud. */
    Trigger onTheTestCloud() {
        NovaContract nova = cloud.nova();
        return new Trigger(
                Map.of("BUILD_SSH_PORT", Integer.toString(nova.sshPort())),
                Map.of("CLOUD", TestClouds.NAME),
                List.of());
    }

    /** Puts the disk on which images are built into the cloud, as image {@code base}. */
    void uploadBase() throws IOException {
        script(
                BaseDisk.path().getParent(),
                "glanceUpload file: '" + BaseDisk.path().getFileName() + "', name: 'base'");
    }

    /** Deletes the images of these names, which may be globs, protected ones too. */
    void deleteImages(String... names) throws IOException {
        String unprotect = cloud.images().stream()
                .filter(image -> image.path("protected").asBoolean())
                .map(image -> "glanceUpdate image: '" + image.path("id").asText() + "', protected: false\n")
                .collect(Collectors.joining());
        String prune = List.of(names).stream()
                .map(name -> "glancePrune name: '" + name + "', keep: 0\n")
                .collect(Collectors.joining());
        script(Files.createDirectories(directory.resolve("cleaned")), unprotect + prune);
    }

    private void script(Path workspace, String text) throws IOException {
        run(
                Files.writeString(directory.resolve("script"), text),
                workspace,
                Trigger.with(Map.of()),
                new TestClouds(cloud, User.BUILDER));
    }

    /** What the build archived under that path. */
    String archived(String path) throws IOException {
        return Files.readString(directory.resolve("artifacts").resolve(path));
    }

    /** The active images of exactly that name. */
    List<JsonNode> active(String name) {
        return cloud.images().stream()
                .filter(image -> image.path("name").asText().equals(name))
                .filter(image -> image.path("status").asText().equals("active"))
                .toList();
    }

    /** The ids of the projects that have accepted the image of that name. */
    List<String> members(String name) {
        return cloud.members(active(name).get(0).path("id").asText()).stream()
                .filter(member -> member.path("status").asText().equals("accepted"))
                .map(member -> member.path("member_id").asText())
                .toList();
    }
}
