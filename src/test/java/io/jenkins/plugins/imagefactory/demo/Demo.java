package io.jenkins.plugins.imagefactory.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.runner.PipelineFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code ./demo.sh} runs: the quickstart against a cloud that it starts, and then what came of it. */
public final class Demo {
    private static final Path DIRECTORY = Path.of("target", "demo");
    private static final List<Project> PROJECTS = List.of(Project.DEV, Project.PROD_A, Project.PROD_B);

    private Demo() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        out.println("Starting Keystone and Glance …");
        int exitCode = 0;
        try (OpenStack cloud = OpenStack.start(DIRECTORY.resolve("openstack"))) {
            out.println("Running docs/examples/quickstart/Jenkinsfile …");
            Quickstart quickstart = new Quickstart(cloud, DIRECTORY.resolve("build"));
            ImageInGlance image = quickstart.run(out).uploadedImages().get(0).image();
            report(out, cloud, image, quickstart.artifacts());
        } catch (PipelineFailure e) {
            out.println("ERROR: " + e.getMessage());
            exitCode = 1;
        }
        out.flush();
        System.exit(exitCode);
    }

    private static void report(PrintStream out, OpenStack cloud, ImageInGlance image, Path artifacts)
            throws IOException, InterruptedException {
        out.println();
        out.println("The image in Glance (" + cloud.glanceUrl() + ")");
        out.println("  id       " + image.id());
        out.println("  name     " + image.name());
        out.println("  size     " + image.size() + " bytes");
        out.println("  SHA-256  " + Digests.sha256(archivedImage(artifacts)));
        out.println("  owner    " + image.project());
        for (JsonNode member : cloud.members(image.id())) {
            out.println("  member   " + name(cloud, member.path("member_id").asText()) + ": "
                    + member.path("status").asText());
        }
        out.println();
        out.println("The artifacts, in " + artifacts);
        for (Path file : files(artifacts)) {
            out.println("  " + Digests.sha256(file) + "  " + artifacts.relativize(file));
        }
    }

    private static String name(OpenStack cloud, String projectId) {
        return PROJECTS.stream()
                .filter(project -> cloud.id(project).equals(projectId))
                .map(Project::name)
                .findFirst()
                .orElse(projectId);
    }

    private static Path archivedImage(Path artifacts) throws IOException {
        return files(artifacts).stream()
                .filter(file -> file.toString().endsWith(".qcow2"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
