package io.jenkins.plugins.imagefactory.image.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.fixture.images.CraftedImage;
import io.jenkins.plugins.imagefactory.fixture.images.SoundImage;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.NeededFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against files that the real qemu-img made, and against the inspector that Debian's Glance brings. */
class ImageInspectionIT {
    private static final String GLANCE = """
            import sys
            from glance.common import format_inspector
            for file in sys.argv[1:]:
                try:
                    print('true' if format_inspector.detect_file_format(file).safety_check() else 'false')
                except Exception:
                    print('false')
            """;

    @TempDir
    Path directory;

    @Test
    void whatGlanceRefusesIsRefused() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        List<Path> files = new ArrayList<>();
        for (CraftedImage image : CraftedImage.values()) {
            files.add(image.makeIn(directory, secret));
        }
        int crafted = files.size();
        for (SoundImage image : SoundImage.values()) {
            files.add(image.makeIn(directory));
        }

        List<Boolean> glance = glanceTakes(files);

        for (int index = 0; index < files.size(); index++) {
            boolean taken = ImageInspection.of(files.get(index)).isSound();
            assertThat(taken).as("%s", files.get(index).getFileName()).isEqualTo(index >= crafted);
            assertThat(glance.get(index) || !taken)
                    .as("Glance takes %s, or it is refused", files.get(index).getFileName())
                    .isTrue();
        }
        assertThat(glance.subList(0, crafted).stream().filter(taken -> !taken)).hasSizeGreaterThan(15);
        assertThat(glance.subList(crafted, files.size())).doesNotContain(false);
    }

    private static List<Boolean> glanceTakes(List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-W", "ignore", "-c", GLANCE));
        files.forEach(file -> command.add(file.toString()));
        Process python = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Boolean> answers =
                python.inputReader().lines().map(Boolean::valueOf).toList();
        assertThat(python.waitFor()).isZero();
        assertThat(answers).hasSameSizeAs(files);
        return answers;
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, QCOW2, ''",
        "qcow2, QCOW2, 'compat=0.10'",
        "qcow2, QCOW2, 'cluster_size=512'",
        "qcow2, QCOW2, 'cluster_size=2M,lazy_refcounts=on'",
        "qcow2, QCOW2, 'preallocation=metadata'",
        "qcow2, QCOW2, 'preallocation=full'",
        "raw, RAW, ''",
        "vmdk, VMDK, ''",
        "vmdk, VMDK, 'subformat=streamOptimized'",
        "vdi, VDI, ''",
        "vdi, VDI, 'static=on'",
        "vpc, VHD, 'force_size=on'",
        "vpc, VHD, 'force_size=on,subformat=fixed'",
        "vhdx, VHDX, ''",
        "vhdx, VHDX, 'subformat=fixed'",
        "vhdx, VHDX, 'block_size=1M'"
    })
    void whatQemuImgMakesIsSoundEmptyAndWithData(String qemuFormat, DiskFormat format, String options)
            throws Exception {
        Path raw = disk();
        Path empty = directory.resolve("empty");
        Path filled = directory.resolve("filled");
        qemuImg("create", "-q", "-f", qemuFormat, "-o", options, empty, "17M");
        qemuImg("convert", "-O", qemuFormat, "-o", options, raw, filled);

        for (Path disk : List.of(empty, filled)) {
            assertThat(ImageInspection.of(disk))
                    .isEqualTo(new DiskImage(format, Files.size(disk), 17L << 20, null, List.of()));
        }
    }

    @Test
    void aCompressedQcow2IsSound() throws Exception {
        Path packed = directory.resolve("packed");
        qemuImg("convert", "-c", "-O", "qcow2", disk(), packed);

        assertThat(ImageInspection.of(packed).isSound()).isTrue();
    }

    /** The cut takes away two clusters, or blocks; a tail of less than one need not show in any table. */
    @ParameterizedTest
    @CsvSource({
        "qcow2, ''",
        "qcow2, 'preallocation=full'",
        "vmdk, ''",
        "vmdk, 'subformat=streamOptimized'",
        "vdi, ''",
        "vpc, ''",
        "vhdx, 'block_size=1M'"
    })
    void whatIsCutOffIsRefused(String qemuFormat, String options) throws Exception {
        Path image = directory.resolve("image");
        qemuImg("convert", "-O", qemuFormat, "-o", options, disk(), image);
        for (long part = Files.size(image) - (2 << 20); part > 64 * 1024; part /= 2) {
            try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
                channel.truncate(part);
            }

            assertThat(ImageInspection.of(image).isSound())
                    .as("cut at %s", part)
                    .isFalse();
        }
    }

    @Test
    void theOverlayThatQemuImgMakesNamesItsBackingFile() throws Exception {
        Path base = directory.resolve("base.qcow2");
        Path overlay = directory.resolve("overlay.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", base, "64M");
        qemuImg("create", "-q", "-f", "qcow2", "-b", base, "-F", "qcow2", overlay);

        assertThat(ImageInspection.of(overlay).neededFiles())
                .containsExactly(new NeededFile("the backing file", base.toString()));
    }

    @Test
    void aDataFileIsNamed() throws Exception {
        Path disk = directory.resolve("disk.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", "-o", "data_file=" + directory.resolve("data"), disk, "64M");

        assertThat(ImageInspection.of(disk).neededFiles())
                .containsExactly(new NeededFile(
                        "the external data file", directory.resolve("data").toString()));
    }

    @Test
    void theExtentsOfASplitVmdkAreNamed() throws Exception {
        Path disk = directory.resolve("disk.vmdk");
        qemuImg("create", "-q", "-f", "vmdk", "-o", "subformat=twoGbMaxExtentSparse", disk, "3G");

        assertThat(ImageInspection.of(disk).neededFiles())
                .extracting(NeededFile::name)
                .containsExactly("disk-s001.vmdk", "disk-s002.vmdk");
    }

    @Test
    void theParentOfASparseVmdkIsNamed() throws Exception {
        Path base = directory.resolve("base.vmdk");
        Path overlay = directory.resolve("overlay.vmdk");
        qemuImg("create", "-q", "-f", "vmdk", base, "64M");
        qemuImg("create", "-q", "-f", "vmdk", "-b", base, "-F", "vmdk", overlay);

        assertThat(ImageInspection.of(overlay).neededFiles())
                .containsExactly(new NeededFile("the parent", base.toString()));
    }

    /** 17 MiB, of which 3 are data. */
    private Path disk() throws IOException {
        byte[] data = new byte[3 << 20];
        new Random(1).nextBytes(data);
        data[510] = 0;
        Path raw = Files.write(directory.resolve("raw"), data);
        try (FileChannel channel = FileChannel.open(raw, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.allocate(1), (17 << 20) - 1);
        }
        return raw;
    }

    private static void qemuImg(Object... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("qemu-img"), Stream.of(arguments))
                .map(Object::toString)
                .toList();
        int empty = command.indexOf("");
        if (empty > 0) {
            command = new ArrayList<>(command);
            command.remove(empty);
            command.remove(empty - 1);
        }
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
