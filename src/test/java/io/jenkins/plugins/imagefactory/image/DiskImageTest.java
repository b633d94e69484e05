package io.jenkins.plugins.imagefactory.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskImageTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    @Test
    void readsFormatAndVirtualSizeOfAQcow2() throws IOException {
        DiskImage image = DiskImage.inspect(qcow2(3, 0, 0));

        assertThat(image.format()).isEqualTo(DiskFormat.QCOW2);
        assertThat(image.virtualSize()).isEqualTo(GIB);
        assertThat(image.flaw()).isNull();
    }

    @Test
    void refusesAQcow2WithABackingFile() throws IOException {
        Path file = qcow2(3, 512, 0);

        assertThatThrownBy(() -> DiskImage.inspect(file).requireSound(file))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageStartingWith(file + " has a backing file")
                .hasMessageContaining("qemu-img convert");
    }

    @Test
    void refusesAQcow2WithAnExternalDataFile() throws IOException {
        assertThat(DiskImage.inspect(qcow2(3, 0, 1L << 2)).flaw()).contains("external file");
    }

    @Test
    void refusesAQcow2WithUnknownIncompatibleFeatures() throws IOException {
        assertThat(DiskImage.inspect(qcow2(3, 0, 1L << 9)).flaw()).contains("0x200");
    }

    @Test
    void ignoresFeatureBitsThatVersion2DoesNotHave() throws IOException {
        assertThat(DiskImage.inspect(qcow2(2, 0, 1L << 2)).flaw()).isNull();
    }

    @Test
    void refusesAQcow2ThatIsCutOffInItsHeader() throws IOException {
        Path file = Files.write(directory.resolve("cut"), new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3});

        assertThat(DiskImage.inspect(file).flaw()).contains("cut off");
    }

    @ParameterizedTest
    @CsvSource({"1f8b, gunzip", "fd377a585a00, unxz", "28b52ffd, unzstd"})
    void refusesACompressedFileAndNamesTheToolThatUnpacksIt(String magic, String tool) throws IOException {
        Path file = Files.write(
                directory.resolve("packed"), java.util.HexFormat.of().parseHex(magic));

        assertThat(DiskImage.inspect(file).flaw()).contains(tool);
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertThat(DiskImage.inspect(Files.createFile(directory.resolve("empty")))
                        .flaw())
                .isEqualTo("is empty");
    }

    @Test
    void takesEverythingElseForRaw() throws IOException {
        Path file = Files.writeString(directory.resolve("disk"), "just bytes", StandardCharsets.UTF_8);

        assertThat(DiskImage.inspect(file)).isEqualTo(new DiskImage(DiskFormat.RAW, 10, 10L, null, List.of()));
    }

    private Path qcow2(int version, long backingFileOffset, long incompatibleFeatures) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(104)
                .putInt(0, 0x514649fb)
                .putInt(4, version)
                .putLong(8, backingFileOffset)
                .putLong(24, GIB)
                .putLong(72, incompatibleFeatures);
        return Files.write(directory.resolve("disk.qcow2"), header.array());
    }
}
