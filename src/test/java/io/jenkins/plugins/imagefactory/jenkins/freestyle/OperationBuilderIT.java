package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationBuilderIT {
    @TempDir
    Path directory;

    private LocalBuild build;
    private EnvVars env;

    @BeforeEach
    void prepareABuild() throws IOException {
        build = LocalBuild.in(directory, directory.resolve("archive"), new ByteArrayOutputStream(), (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
        env = new EnvVars(System.getenv());
        env.put("NAME", "tiny");
    }

    @Test
    void expandsVariablesAndTellsLaterBuildStepsWhichImageWasBuilt() throws Exception {
        Files.writeString(directory.resolve("tiny.json"), """
                {"variables": {"target": null},
                 "builders": [{"type": "file", "content": "raw disk", "target": "{{user `target`}}"}]}
                """);
        PackerBuildStep step = new PackerBuildStep("${NAME}.json");
        step.setVars(Map.of("target", "$NAME.img"));

        perform(new PackerBuildBuilder(step));

        EnvVars later = new EnvVars();
        build.action(ImageFactoryAction.class).buildEnvironment(build.run(), later);
        assertThat(later)
                .containsEntry("IMAGE_FILE", "tiny.img")
                .containsEntry("IMAGE_SHA256", sha256(directory.resolve("tiny.img")));
    }

    @Test
    void expandsVariablesInsideTheVarsOfATemplate() throws Exception {
        Files.writeString(directory.resolve("tiny.txt.j2"), "hello {{ who }}");
        HeatRenderStep step = new HeatRenderStep("${NAME}.txt.j2");
        step.setVars(Map.of("who", "${NAME} ${UNKNOWN}"));

        perform(new HeatRenderBuilder(step));

        assertThat(directory.resolve("archive/target/heat/tiny.txt")).hasContent("hello tiny ${UNKNOWN}");
    }

    private void perform(OperationBuilder builder) throws IOException, InterruptedException {
        builder.perform(
                build.run(),
                new FilePath(directory.toFile()),
                env,
                new Launcher.LocalLauncher(build.listener()),
                build.listener());
    }

    private static String sha256(Path file) throws IOException, InterruptedException {
        return io.jenkins.plugins.imagefactory.image.Digests.of(file).sha256();
    }
}
