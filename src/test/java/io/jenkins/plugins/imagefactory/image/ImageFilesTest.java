package io.jenkins.plugins.imagefactory.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
    @TempDir
    Path directory;

    private Path workspace;

    @BeforeEach
    void makeAWorkspaceAndASecretBesideIt() throws IOException {
        workspace = Files.createDirectory(directory.resolve("workspace"));
        Files.writeString(directory.resolve("secret"), "root:x:0:0");
    }

    @Test
    void takesTheExtentsOfAVmdkThatLieInTheWorkspace() throws IOException {
        Files.writeString(workspace.resolve("disk-s001.vmdk"), "data");
        Path vmdk = vmdk("RW 4192256 FLAT \"disk-s001.vmdk\" 0");

        assertThat(ImageFiles.inspect(vmdk, workspace).neededFiles()).containsExactly("disk-s001.vmdk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RW 1 FLAT \"../secret\" 0",
                "RW\n1 FLAT \"../secret\" 0",
                "RW 1 SPARSE \"../secret",
                "parentFileNameHint=\"../secret\"",
                "parentFileNameHint = \"../secret\"",
                "parentFileNameHint=x../secret\"",
                "RW 1 FLAT \"json:{\\\"driver\\\":\\\"file\\\"}\" 0",
                "RW 1 FLAT \"link\" 0",
                "RW 1 FLAT \"/dev/zero\" 0",
            })
    void refusesAVmdkThatReachesOutOfTheWorkspaceHoweverItIsWritten(String line) throws IOException {
        Files.createSymbolicLink(workspace.resolve("link"), directory.resolve("secret"));
        Path vmdk = vmdk(line);

        assertThatThrownBy(() -> ImageFiles.inspect(vmdk, workspace))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageStartingWith(vmdk + " needs ");
    }

    @Test
    void aChainThatBitesItsTailEnds() throws IOException {
        Path vmdk = vmdk("RW 1 SPARSE \"disk.vmdk\"");

        assertThat(ImageFiles.inspect(vmdk, workspace).format()).isEqualTo(DiskFormat.VMDK);
    }

    @Test
    void refusesAnImageThatIsOneFileAndFlawed() throws IOException {
        Path empty = Files.createFile(workspace.resolve("empty.img"));

        assertThatThrownBy(() -> ImageFiles.inspect(empty, workspace))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageEndingWith("is empty");
    }

    private Path vmdk(String line) throws IOException {
        return Files.writeString(
                workspace.resolve("disk.vmdk"),
                "# Disk DescriptorFile\nversion=1\ncreateType=\"monolithicFlat\"\n" + line
                        + "\nddb.adapterType = \"ide\"\n");
    }
}
