package io.jenkins.plugins.imagefactory.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestedFileTest {
    @TempDir
    Path directory;

    @Test
    void aFileIsKnownAgainUntilSomebodyWritesToIt() throws Exception {
        Path file = Files.writeString(directory.resolve("disk.raw"), "one");
        DigestedFile digested = DigestedFile.read(file);
        assertThat(digested.sha256()).isEqualTo(Digests.sha256(file));
        assertThat(digested.is(FileState.of(file))).isTrue();

        Files.writeString(file, "two");

        assertThat(digested.is(FileState.of(file))).isFalse();
    }

    @Test
    void aFileThatIsMovedIsTheSameAndOneThatTakesItsPlaceIsNot() throws Exception {
        Path file = Files.writeString(directory.resolve("disk.raw"), "one");
        DigestedFile digested = DigestedFile.read(file);
        Path moved = Files.move(file, directory.resolve("moved.raw"));
        assertThat(digested.is(FileState.of(moved))).isTrue();

        Files.copy(moved, file, StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(digested.is(FileState.of(file))).isFalse();
    }

    @Test
    void aFileThatMayHaveBeenWrittenToInTheSameTickOfACoarseClockIsNotKnown() throws Exception {
        Path file = Files.writeString(directory.resolve("disk.raw"), "one");
        Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Files.setLastModifiedTime(file, FileTime.from(second));
        assertThat(DigestedFile.read(file).is(FileState.of(file))).isFalse();

        Files.setLastModifiedTime(file, FileTime.from(second.minusSeconds(10)));

        assertThat(DigestedFile.read(file).is(FileState.of(file))).isTrue();
    }
}
