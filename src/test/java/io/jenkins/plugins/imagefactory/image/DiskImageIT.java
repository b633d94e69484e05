package io.jenkins.plugins.imagefactory.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against files that the real qemu-img made. */
class DiskImageIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "qcow2, QCOW2, 67108864",
        "raw, RAW, 67108864",
        "vmdk, VMDK, 67108864",
        "vdi, VDI, 67108864",
        "vpc, VHD, 67108864",
        "vhdx, VHDX,"
    })
    void tellsTheFormatAndVirtualSizeOfWhatQemuImgMakes(String qemuFormat, DiskFormat format, Long virtualSize)
            throws Exception {
        Path disk = directory.resolve("disk");
        qemuImg("create", "-q", "-f", qemuFormat, "-o", qemuFormat.equals("vpc") ? "force_size=on" : "", disk, "64M");

        DiskImage image = DiskImage.inspect(disk);

        assertThat(image.format()).isEqualTo(format);
        assertThat(image.virtualSize()).isEqualTo(virtualSize);
        assertThat(image.flaw()).isNull();
    }

    @Test
    void refusesTheOverlayThatQemuImgMakesOfABackingFile() throws Exception {
        Path base = directory.resolve("base.qcow2");
        Path overlay = directory.resolve("overlay.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", base, "64M");
        qemuImg("create", "-q", "-f", "qcow2", "-b", base, "-F", "qcow2", overlay);

        assertThat(DiskImage.inspect(overlay).flaw()).contains("backing file");
    }

    @Test
    void refusesADiskWhoseDataQemuImgPutIntoAnotherFile() throws Exception {
        Path disk = directory.resolve("disk.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", "-o", "data_file=" + directory.resolve("data"), disk, "64M");

        assertThat(DiskImage.inspect(disk).flaw()).contains("external file");
    }

    @Test
    void aChainOfTheWorkspaceIsWhole() throws Exception {
        Path overlay = overlayOf("base.qcow2");

        assertThat(ImageFiles.inspect(overlay, directory).neededFiles()).containsExactly("base.qcow2");
    }

    @Test
    void aBackingFileOutsideOfTheWorkspaceIsRefused() throws Exception {
        Path overlay = overlayOf(directory.resolve("base.qcow2").toString());
        Path workspace = Files.createDirectory(directory.resolve("workspace"));
        Path moved = Files.move(overlay, workspace.resolve("overlay.qcow2"));

        assertThatThrownBy(() -> ImageFiles.inspect(moved, workspace))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageContaining("base.qcow2', which lies outside of the workspace");
    }

    @Test
    void aDataFileIsNamed() throws Exception {
        Path disk = directory.resolve("disk.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", "-o", "data_file=" + directory.resolve("data"), disk, "64M");

        assertThat(DiskImage.inspect(disk).neededFiles())
                .containsExactly(directory.resolve("data").toString());
    }

    @Test
    void theExtentsOfASplitVmdkAreNamed() throws Exception {
        Path disk = directory.resolve("disk.vmdk");
        qemuImg("create", "-q", "-f", "vmdk", "-o", "subformat=twoGbMaxExtentSparse", disk, "3G");

        assertThat(ImageFiles.inspect(disk, directory).neededFiles())
                .containsExactly("disk-s001.vmdk", "disk-s002.vmdk");
    }

    @Test
    void theParentOfASparseVmdkIsNamed() throws Exception {
        Path base = directory.resolve("base.vmdk");
        Path overlay = directory.resolve("overlay.vmdk");
        qemuImg("create", "-q", "-f", "vmdk", base, "64M");
        qemuImg("create", "-q", "-f", "vmdk", "-b", base, "-F", "vmdk", overlay);

        assertThat(DiskImage.inspect(overlay).neededFiles()).containsExactly(base.toString());
    }

    private Path overlayOf(String base) throws Exception {
        Path overlay = directory.resolve("overlay.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", directory.resolve("base.qcow2"), "64M");
        qemuImg("create", "-q", "-f", "qcow2", "-b", base, "-F", "qcow2", overlay);
        return overlay;
    }

    private static void qemuImg(Object... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("qemu-img"), Stream.of(arguments))
                .map(Object::toString)
                .toList();
        command = withoutEmptyOptions(command);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static List<String> withoutEmptyOptions(List<String> command) {
        int empty = command.indexOf("");
        if (empty < 0) {
            return command;
        }
        return Stream.concat(
                        command.subList(0, empty - 1).stream(), command.subList(empty + 1, command.size()).stream())
                .toList();
    }
}
