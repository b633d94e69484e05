package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.images.VmdkFile;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** imageConvert with images that are several files, as Debian's qemu-img makes them. */
@Timeout(120)
class ImageConvertSourceIT {
    private static final int ODD_BYTES = 10 * 1024 * 1024 + 512;

    @TempDir
    Path directory;

    private LocalBuild build;

    @BeforeEach
    void prepareABuildWithADisk() throws IOException {
        build = LocalBuild.in(
                directory.resolve("work späce"),
                directory.resolve("archive"),
                new ByteArrayOutputStream(),
                (run, choice) -> {
                    throw new AssertionError("no cloud is needed");
                });
        byte[] data = new byte[ODD_BYTES];
        new Random(1).nextBytes(data);
        Files.write(workspace("disk.img"), data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"twoGbMaxExtentSparse", "twoGbMaxExtentFlat", "monolithicFlat"})
    void theFilesOfASplitVmdkBecomeOne(String subformat) throws Exception {
        output(
                "qemu-img",
                "convert",
                "-f",
                "raw",
                "-O",
                "vmdk",
                "-o",
                "subformat=" + subformat,
                workspace("disk.img"),
                workspace("split.vmdk"));

        run("imageConvert file: 'split.vmdk', format: 'qcow2'");

        assertThat(output(
                        "qemu-img",
                        "compare",
                        "-f",
                        "raw",
                        "-F",
                        "qcow2",
                        workspace("disk.img"),
                        workspace("split.qcow2")))
                .contains("Images are identical");
    }

    @Test
    void anExtentOutsideOfTheWorkspaceIsRefused() throws Exception {
        Files.move(workspace("disk.img"), directory.resolve("secret"));
        Files.write(
                workspace("disk.vmdk"),
                VmdkFile.flat("12345678", directory.resolve("secret").toString()));

        assertThatThrownBy(() -> run("imageConvert file: 'disk.vmdk', format: 'raw'"))
                .hasMessageContaining("/secret', which lies outside of the workspace");

        assertOnlyInWorkspace("disk.vmdk");
    }

    @Test
    void anImageWithABackingFileIsRefusedWithTheCommandThatFlattensIt() throws Exception {
        output("qemu-img", "create", "-f", "raw", workspace("base.img"), "1M");
        output("qemu-img", "create", "-f", "qcow2", "-b", "base.img", "-F", "raw", workspace("disk.qcow2"));

        assertThatThrownBy(() -> run("imageConvert file: 'disk.qcow2', format: 'raw'"))
                .hasMessageContaining("needs the backing file 'base.img'")
                .hasMessageEndingWith("'qemu-img convert -f qcow2 -O qcow2 disk.qcow2 flat.qcow2'");

        assertOnlyInWorkspace("base.img", "disk.img", "disk.qcow2");
    }

    private static String output(Object... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.of(command).map(Object::toString).toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private void assertOnlyInWorkspace(String... names) throws IOException {
        try (Stream<Path> files = Files.list(build.workspace())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    private Path workspace(String name) {
        return build.workspace().resolve(name);
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }
}
