package io.jenkins.plugins.imagefactory.image.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.images.VmdkFile;
import io.jenkins.plugins.imagefactory.image.NeededFile;
import io.jenkins.plugins.imagefactory.image.UnusableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitVmdkTest {
    @TempDir
    Path directory;

    private Path workspace;

    @BeforeEach
    void makeAWorkspaceAndASecretBesideIt() throws IOException {
        workspace = Files.createDirectory(directory.resolve("workspace")).toRealPath();
        Files.write(directory.resolve("secret"), new byte[4096]);
        Files.write(workspace.resolve("flat"), new byte[4096]);
        Files.write(workspace.resolve("sparse"), new VmdkFile("").bytes());
        Files.createSymbolicLink(workspace.resolve("inside"), workspace.resolve("flat"));
        Files.createSymbolicLink(workspace.resolve("link"), directory.resolve("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "RW 8 FLAT \"flat\" 0, RW 8 FLAT \"%s/flat\" 0",
        "rw 4 vmfs \"flat\" 4, RW 4 FLAT \"%s/flat\" 4",
        "RDONLY 8 FLAT \"inside\" 0, RW 8 FLAT \"%s/flat\" 0",
        "RW 2048 SPARSE \"sparse\", RW 2048 SPARSE \"%s/sparse\""
    })
    void writesADescriptionOfItsOwnWithRealPaths(String line, String written) throws IOException {
        assertThat(SplitVmdk.of(vmdk(line + "\r"), workspace).description())
                .endsWith("\n# Extent description\n" + written.formatted(workspace) + "\n")
                .contains("parentCID=ffffffff");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RW 1 FLAT \"../secret\" 0|outside of the workspace",
                "RW 1 FLAT \"link\" 0|outside of the workspace",
                "RW 1 FLAT \"/dev/zero\" 0|no regular file",
                "RW 1 FLAT \"none\" 0|no regular file",
                "RW 1 FLAT \"json:{}\" 0|no regular file",
                "RW 9 FLAT \"flat\" 0|is cut off",
                "RW 8 FLAT \"flat\" 1|is cut off",
                "RW 1 SPARSE \"../secret|kind that is not taken",
                "RW\t1 SESPARSE \"flat\" 0|kind that is not taken",
                "NOACCESS 1 FLAT \"flat\" 0|kind that is not taken",
                "RW -1 FLAT \"flat\" 0|kind that is not taken",
                "RW 8 SPARSE \"flat\"|as a sparse extent, which it is not",
                "RW 2049 SPARSE \"sparse\"|more than it holds",
                "RW 1 FLAT|kind that is not taken",
                "RW 1 ZERO|kind that is not taken",
                "parentFileNameHint=\"../secret\"|the differences to the parent '../secret'",
                "parentFileNameHint = \"../secret\"|the differences to the parent",
                "parentfilenamehint=x../secret\"|the differences to the parent",
                "nothing|names no file with data",
            })
    void refusesWhatReachesOutHoweverItIsWritten(String line, String reason) throws IOException {
        Path vmdk = vmdk(line);

        assertThatThrownBy(() -> SplitVmdk.of(vmdk, workspace))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageStartingWith(vmdk + " ")
                .hasMessageContaining(reason);
    }

    @Test
    void takesFilesWhoseNamesAreNotInAscii() throws IOException {
        Files.write(workspace.resolve("gr\u00f6\u00dfe-flat.vmdk"), new byte[4096]);
        Path vmdk = vmdk("RW 8 FLAT \"gr\u00f6\u00dfe-flat.vmdk\" 0");

        assertThat(SplitVmdk.isOne(vmdk)).isTrue();
        assertThat(ImageInspection.of(vmdk).neededFiles())
                .extracting(NeededFile::name)
                .containsExactly("gr\u00f6\u00dfe-flat.vmdk");
        assertThat(SplitVmdk.of(vmdk, workspace).description())
                .endsWith("RW 8 FLAT \"" + workspace + "/gr\u00f6\u00dfe-flat.vmdk\" 0\n");
    }

    /** QEMU cuts a name after so many bytes, not letters. */
    @Test
    void refusesAPathOfMoreBytesThanQemuReads() throws IOException {
        Path deep = workspace;
        for (int depth = 0; depth < 3; depth++) {
            deep = Files.createDirectory(deep.resolve("\u00f6".repeat(100)));
        }
        Files.write(deep.resolve("flat"), new byte[4096]);
        Path vmdk = Files.write(deep.resolve("disk.vmdk"), VmdkFile.flat("1", "flat"));

        assertThatThrownBy(() -> SplitVmdk.of(vmdk, workspace)).hasMessageContaining("whose path is too long");
    }

    /** QEMU skips a comment, whatever is in it. */
    @Test
    void knowsADescriptionWithControlCharactersInAComment() throws IOException {
        Path vmdk =
                Files.writeString(workspace.resolve("disk.vmdk"), "#\u0001\nversion=1\nRW 8 FLAT \"../secret\" 0\n");

        assertThat(ImageInspection.of(vmdk).neededFiles())
                .extracting(NeededFile::name)
                .containsExactly("../secret");
    }

    /** QEMU would open what the description in it names. */
    @Test
    void refusesAnExtentThatIsADescriptionAgain() throws IOException {
        Files.write(
                workspace.resolve("nested"),
                new VmdkFile("RW 8 FLAT \"/etc/passwd\" 0").number(12, 0).bytes());
        Path vmdk = vmdk("RW 2048 SPARSE \"nested\"");

        assertThatThrownBy(() -> SplitVmdk.of(vmdk, workspace)).hasMessageContaining("more than it holds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\nb"})
    void refusesAWorkspaceThatADescriptionCannotName(String name) throws IOException {
        Path odd = Files.createDirectory(directory.resolve(name)).toRealPath();
        Files.write(odd.resolve("flat"), new byte[4096]);
        Path vmdk = Files.write(odd.resolve("disk.vmdk"), VmdkFile.flat("1", "flat"));

        assertThatThrownBy(() -> SplitVmdk.of(vmdk, odd))
                .hasMessageContaining("a letter that a description cannot hold");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void opensNoFifo() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", workspace.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        Path vmdk = vmdk("RW 1 FLAT \"fifo\" 0");

        assertThatThrownBy(() -> SplitVmdk.of(vmdk, workspace)).hasMessageContaining("no regular file");
    }

    private Path vmdk(String line) throws IOException {
        return Files.writeString(
                workspace.resolve("disk.vmdk"),
                "# Disk DescriptorFile\nversion=1\ncreateType=\"monolithicFlat\"\n" + line
                        + "\nddb.adapterType = \"ide\"\n");
    }
}
