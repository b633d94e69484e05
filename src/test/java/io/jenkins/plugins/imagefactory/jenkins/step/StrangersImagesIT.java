package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.images.CraftedImage;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No image brings a file of the node into a result, with Debian's qemu-img. */
@Timeout(120)
class StrangersImagesIT {
    private static final String SECRET = "the secret of another job ";

    @TempDir
    Path directory;

    private LocalBuild build;
    private Path secret;

    @BeforeEach
    void putASecretBesideTheWorkspace() throws IOException {
        secret = Files.writeString(directory.resolve("secret"), SECRET.repeat((1 << 20) / SECRET.length() + 1));
        build = LocalBuild.in(
                directory.resolve("workspace"),
                directory.resolve("archive"),
                new ByteArrayOutputStream(),
                (run, choice) -> {
                    throw new AssertionError("no cloud is needed");
                });
    }

    static Stream<CraftedImage> thieves() {
        return Stream.of(CraftedImage.values()).filter(CraftedImage::isThief);
    }

    @ParameterizedTest
    @MethodSource("thieves")
    void aQemuThatIsOnlyToldTheNameBringsTheSecret(CraftedImage image) throws Exception {
        Path made = image.makeIn(build.workspace(), secret);
        String format = image.name().contains("PARENT")
                        || image.name().contains("EXTENT_")
                        || image.name().contains("FLAT")
                ? "vmdk"
                : "qcow2";

        Process qemuImg = new ProcessBuilder(
                        List.of("qemu-img", "convert", "-f", format, "-O", "raw", made.toString(), "stolen"))
                .directory(build.workspace().toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(qemuImg.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("Could not");
        assertThat(Files.readString(build.workspace().resolve("stolen"), StandardCharsets.ISO_8859_1))
                .contains(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void imageConvertRefusesItAndMakesNothing(CraftedImage image) throws Exception {
        Path made = image.makeIn(build.workspace(), secret);

        assertThatThrownBy(
                        () -> run("imageConvert file: 'sub/" + made.getFileName() + "', format: 'raw', output: 'out'"))
                .hasMessageStartingWith(made + " ");

        assertThat(build.workspace().resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void neitherQemuNorACloudIsGivenIt(CraftedImage image) throws Exception {
        Path made = image.makeIn(build.workspace(), secret);

        for (String step : List.of("imageBoot file: '%s', timeout: 5", "glanceUpload file: '%s', cloud: 'c'")) {
            assertThatThrownBy(() -> run(step.formatted("sub/" + made.getFileName())))
                    .hasMessageStartingWith(made + " ")
                    .hasMessageContaining(image.reason(secret));
        }
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }
}
