package io.jenkins.plugins.imagefactory.image.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.images.CraftedImage;
import io.jenkins.plugins.imagefactory.fixture.images.OtherFiles;
import io.jenkins.plugins.imagefactory.fixture.images.Qcow2File;
import io.jenkins.plugins.imagefactory.fixture.images.SoundImage;
import io.jenkins.plugins.imagefactory.fixture.images.VmdkFile;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.UnusableImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageInspectionTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void refusesWhatNobodyShouldBeGivenAndSaysWhy(CraftedImage image) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Path file = image.makeIn(directory.resolve("workspace"), secret);

        assertThatThrownBy(() -> ImageInspection.of(file).requireSound(file))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageStartingWith(file + " ")
                .hasMessageContaining(image.reason(secret));
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatIsSound(SoundImage image) throws IOException {
        Path file = image.makeIn(directory);

        assertThat(ImageInspection.of(file))
                .isEqualTo(new DiskImage(image.format(), Files.size(file), image.virtualSize(), null, List.of()));
    }

    @Test
    void namesTheCommandThatFlattens() throws IOException {
        Path file = CraftedImage.BACKING_FILE.makeIn(directory, directory.resolve("base"));

        assertThatThrownBy(() -> ImageInspection.of(file).requireSound(file))
                .hasMessageContaining("needs the backing file '" + directory.resolve("base") + "'")
                .hasMessageEndingWith("'qemu-img convert -f qcow2 -O qcow2 backing_file flat.qcow2'");
    }

    @Test
    void showsNoControlCharactersAndNoLongNames() throws IOException {
        Path file = write(
                new Qcow2File().backing("a\u001b[2Jb\n\u009b" + "c".repeat(900)).bytes());

        assertThat(ImageInspection.of(file).trouble("x"))
                .contains("'a?[2Jb??ccc")
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @CsvSource({"1f8b, gunzip", "fd377a585a00, unxz", "28b52ffd, unzstd"})
    void refusesACompressedFileAndNamesTheToolThatUnpacksIt(String magic, String tool) throws IOException {
        assertThat(ImageInspection.of(write(HexFormat.of().parseHex(magic))).flaw())
                .contains(tool);
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertThat(ImageInspection.of(write(new byte[0])).flaw()).isEqualTo("is empty");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void opensNothingThatIsNoRegularFile() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        for (Path file : List.of(fifo, directory, Path.of("/dev/zero"))) {
            assertThatThrownBy(() -> ImageInspection.of(file)).hasMessage(file + " is no regular file");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"QCOW2_WITH_DATA", "SPARSE_VMDK", "STREAM_OPTIMISED_VMDK", "VHD", "VHDX", "VDI"})
    void refusesAnImageWhoseEndIsMissing(SoundImage image) throws IOException {
        byte[] whole = Files.readAllBytes(image.makeIn(directory));
        int data = switch (image) {
            case SPARSE_VMDK -> 128 * 512;
            case QCOW2_WITH_DATA -> 5 * Qcow2File.CLUSTER;
            default -> whole.length - 512;
        };
        for (int length : new int[] {data, data / 2, 512, 128}) {
            DiskImage cut = ImageInspection.of(write(Arrays.copyOf(whole, length)));

            assertThat(cut.format()).isEqualTo(image.format());
            assertThat(cut.flaw()).as("%s of %s bytes", length, whole.length).contains("is cut off");
        }
    }

    @Test
    void refusesAQcow2WhoseCompressedClustersAreMissing() throws IOException {
        int sectors = 4;
        long entry = 1L << 62 | (long) (sectors - 1) << 54 | 5L * Qcow2File.CLUSTER;
        byte[] image = new Qcow2File().cluster(3, entry).bytes();
        int end = 5 * Qcow2File.CLUSTER + sectors * 512;

        assertThat(ImageInspection.of(write(Arrays.copyOf(image, end))).flaw()).isNull();
        assertThat(ImageInspection.of(write(Arrays.copyOf(image, end - 512))).flaw())
                .contains("is cut off");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 511, 1L << 55, -65536, 393216})
    void believesNoPlace(long place) throws IOException {
        assertThat(ImageInspection.of(write(new Qcow2File().l1At(place).bytes()))
                        .flaw())
                .contains("is cut off");
    }

    /** A table of 512 KiB names one table again and again: 4 GiB to read, of a file of 1.5 MiB. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsNoMoreTablesThanTheFileCanHold() throws IOException {
        int entries = 1 << 16;
        Path file = write(new Qcow2File().l1At(1 << 20).bytes());
        patch(file, 24, ByteBuffer.allocate(8).putLong(0, 1L << 44));
        patch(file, 36, ByteBuffer.allocate(4).putInt(0, entries));
        ByteBuffer table = ByteBuffer.allocate(entries * 8);
        while (table.hasRemaining()) {
            table.putLong(4L * Qcow2File.CLUSTER);
        }
        patch(file, 1 << 20, table.flip());

        assertThat(ImageInspection.of(file).flaw()).contains("tables that lie in one another");
    }

    /** The file ends behind the table, so that only its length is wrong. */
    @ParameterizedTest
    @CsvSource({
        "36, 4194304, ''",
        "36, 4194305, an L1 table of 4194305 entries",
        "56, 128, ''",
        "56, 129, a table of reference counts of 1056768 entries",
        "60, 65537, a table of snapshots of 65537 entries"
    })
    void takesTablesOfAQcow2AsLongAsQemuTakesThem(int field, int length, String reason) throws IOException {
        Path file = write(new Qcow2File().l1At(1 << 20).bytes());
        patch(file, 48, ByteBuffer.allocate(8).putLong(0, 64 << 20));
        patch(file, field, ByteBuffer.allocate(4).putInt(0, length));
        patch(file, 128 << 20, ByteBuffer.allocate(1));

        assertReason(file, reason);
    }

    @Test
    void refusesTablesOfOtherFormatsThatAreLongerThanQemuTakesThem() throws IOException {
        Path vdi = SoundImage.VDI.makeIn(directory);
        patch(vdi, 0x180, ByteBuffer.allocate(4).putInt(0, Integer.reverseBytes(0x1fffff81)));
        Path vhd = SoundImage.VHD.makeIn(directory);
        patch(vhd, 512 + 28, ByteBuffer.allocate(4).putInt(0, 0x20000000));
        Path vmdk = write(new VmdkFile(VmdkFile.DESCRIPTION)
                .number(12, (1L << 25) * 512 * 128 + 1)
                .bytes());

        assertReason(vdi, "a map of blocks of 536870785 entries");
        assertReason(vhd, "a table of blocks of 536870912 entries");
        assertReason(vmdk, "a grain directory of 33554433 entries");
    }

    private static void assertReason(Path file, String reason) throws IOException {
        String flaw = ImageInspection.of(file).flaw();
        if (reason.isEmpty()) {
            assertThat(flaw).isNull();
        } else {
            assertThat(flaw).contains(reason).contains("QEMU takes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 22, 30, 64, -1})
    void believesNoClusterSize(int bits) throws IOException {
        byte[] image = new Qcow2File()
                .with(20, new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits})
                .bytes();

        assertThat(ImageInspection.of(write(image)).flaw()).contains("clusters of 2^");
    }

    @Test
    void doesNotTakeALongDescriptionForADeepOne() throws IOException {
        Path file = Files.writeString(directory.resolve("disk"), "#\n".repeat(500_000));

        assertThat(ImageInspection.of(file).format()).isEqualTo(DiskFormat.RAW);
    }

    @Test
    void everyHeaderFullOfOnesEndsInASentence() throws IOException {
        for (SoundImage image : SoundImage.values()) {
            Path file = image.makeIn(directory);
            for (int at = 4; at < Math.min(Files.size(file), 512) - 8; at += 8) {
                assertThat(withOnes(file, at).format()).isNotNull();
            }
        }
    }

    @Test
    void everyTableOfAVhdxFullOfOnesEndsInASentence() throws IOException {
        Path file = write(OtherFiles.vhdx(true).array());
        for (int table : new int[] {192 * 1024, 1 << 20, (1 << 20) + 64 * 1024, (1 << 20) + 65 * 1024, 2 << 20}) {
            for (int at = table; at < table + 256; at += 4) {
                assertThat(withOnes(file, at).isSound()).isFalse();
            }
        }
    }

    /** What is found in the file while eight of its bytes are ones. */
    private static DiskImage withOnes(Path file, int position) throws IOException {
        ByteBuffer before = ByteBuffer.allocate(8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(before, position);
        }
        patch(file, position, ByteBuffer.allocate(8).putLong(0, -1));
        DiskImage found = ImageInspection.of(file);
        patch(file, position, before.flip());
        return found;
    }

    private static void patch(Path file, int position, ByteBuffer content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(content, position);
        }
    }

    @Test
    void aGrainBehindTheEndOfAVmdkIsMissing() throws IOException {
        assertThat(ImageInspection.of(write(
                                new VmdkFile(VmdkFile.DESCRIPTION).grain(7, 256).bytes()))
                        .flaw())
                .contains("is cut off");
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("disk"), content);
    }
}
