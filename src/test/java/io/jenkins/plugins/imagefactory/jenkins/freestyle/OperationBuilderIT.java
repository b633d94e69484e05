package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import io.jenkins.plugins.imagefactory.jenkins.cloud.BuildClouds;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.jenkins.step.DiskImageBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceDownloadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlancePruneStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceShareStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUpdateStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackDeleteStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackStep;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageBootStep;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageConvertStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.VolumeUploadStep;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.MockedStatic;
import org.mockito.Mockito;

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

    @Test
    void idsOfCredentialsAreNotExpanded() throws Exception {
        Files.writeString(directory.resolve("tiny.json"), "{}");
        PackerBuildStep step = new PackerBuildStep("tiny.json");
        step.setSecretVars(Map.of("password", "${NAME}"));
        List<String> ids = new ArrayList<>();
        try (MockedStatic<CredentialsProvider> store = Mockito.mockStatic(CredentialsProvider.class)) {
            store.when(() -> CredentialsProvider.findCredentialById(any(), any(), any(), anyList()))
                    .thenAnswer(call -> {
                        ids.add(call.getArgument(0));
                        return null;
                    });

            assertThatThrownBy(() -> perform(new PackerBuildBuilder(step)))
                    .hasMessageStartingWith("secretVars: credentials '${NAME}' of variable 'password' do not exist");
        }
        assertThat(ids).containsExactly("${NAME}");
    }

    @Test
    void idsOfTheCredentialsOfCloudsAreNotExpanded() throws Exception {
        List<CloudChoice> choices = new ArrayList<>();
        GlanceUploadStep upload = new GlanceUploadStep("disk.raw");
        upload.setCloud("${NAME}");
        upload.setCredentialsId("${NAME}");
        Files.writeString(directory.resolve("disk.raw"), "raw disk");
        BuildContext freestyle = BuildContext.of(
                build.run(),
                new FilePath(directory.toFile()),
                env,
                new Launcher.LocalLauncher(build.listener()),
                build.listener());
        BuildClouds clouds = new BuildClouds(
                freestyle.run(),
                (run, choice) -> {
                    choices.add(choice);
                    throw new AbortException("enough");
                },
                freestyle.masking(),
                freestyle.console().listener(),
                () -> {});
        BuildContext context = new BuildContext(
                freestyle.run(),
                freestyle.node(),
                freestyle.console(),
                clouds,
                freestyle.masking(),
                freestyle.continuity(),
                freestyle.parameters());

        assertThatThrownBy(() -> upload.perform(context)).hasMessage("enough");
        assertThat(choices).containsExactly(new CloudChoice("tiny", null, "${NAME}"));
    }

    static Stream<Arguments> stepsThatUseWhatIsEmpty() {
        return Stream.of(
                Arguments.of(new GlanceUploadBuilder(new GlanceUploadStep("${EMPTY}")), "glanceUpload needs 'file'"),
                Arguments.of(
                        new GlanceShareBuilder(new GlanceShareStep("${EMPTY}", "dev")), "glanceShare needs 'image'"),
                Arguments.of(
                        new GlanceShareBuilder(new GlanceShareStep("i", "${EMPTY}")), "glanceShare needs 'projects'"),
                Arguments.of(new GlanceUpdateBuilder(new GlanceUpdateStep("${EMPTY}")), "glanceUpdate needs 'image'"),
                Arguments.of(
                        new GlanceDownloadBuilder(new GlanceDownloadStep(" ${EMPTY}")), "glanceDownload needs 'image'"),
                Arguments.of(new VolumeUploadBuilder(new VolumeUploadStep("${EMPTY}")), "volumeUpload needs 'volume'"),
                Arguments.of(new HeatStackBuilder(new HeatStackStep("${EMPTY}")), "heatStack needs 'template'"),
                Arguments.of(
                        new HeatStackDeleteBuilder(new HeatStackDeleteStep("${EMPTY}")),
                        "heatStackDelete needs 'stack'"),
                Arguments.of(new HeatRenderBuilder(new HeatRenderStep("${EMPTY}")), "heatRender needs 'template'"),
                Arguments.of(new ImageBootBuilder(new ImageBootStep("${EMPTY}")), "imageBoot needs 'file'"),
                Arguments.of(
                        new ImageConvertBuilder(new ImageConvertStep("${EMPTY}", "raw")), "imageConvert needs 'file'"),
                Arguments.of(new PackerBuildBuilder(new PackerBuildStep("${EMPTY}")), "Packer needs 'template'"),
                Arguments.of(
                        new DiskImageBuildBuilder(new DiskImageBuildStep(List.of("${EMPTY}"))),
                        "elements: '' is no element's name"),
                Arguments.of(pruning("${EMPTY}*", null), "name '${EMPTY}*' is '*' with its variables expanded"),
                Arguments.of(pruning("${EMPTY}*", "t"), "name '${EMPTY}*' is '*' with its variables expanded"),
                Arguments.of(pruning("web*", "${EMPTY}"), "tag '${EMPTY}' is '' with its variables expanded"),
                Arguments.of(pruning("*", null), "glancePrune needs 'name' or 'tag': which images to prune"));
    }

    private static GlancePruneBuilder pruning(String name, String tag) {
        GlancePruneStep step = new GlancePruneStep();
        step.setName(name);
        step.setTag(tag);
        return new GlancePruneBuilder(step);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("stepsThatUseWhatIsEmpty")
    void looksAtParametersAfterVariablesAreExpanded(OperationBuilder builder, String refusal) {
        env.put("EMPTY", "");

        assertThatThrownBy(() -> perform(builder))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining(refusal);
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
        return io.jenkins.plugins.imagefactory.image.Digests.sha256(file);
    }
}
