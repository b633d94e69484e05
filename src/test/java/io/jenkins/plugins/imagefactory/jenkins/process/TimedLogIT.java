package io.jenkins.plugins.imagefactory.jenkins.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.fixture.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The log of a program on a disk that is full for a while. */
@ResourceLock(DiskImageBuilder.MOUNTS)
class TimedLogIT {
    private static final String LONG = "x".repeat(3000);

    @TempDir
    Path directory;

    private final TimedLog log = new TimedLog();
    private SmallDisk disk;
    private Path file;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.at(directory.resolve("small"));
        file = disk.directory().resolve("packer.log");
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void whatAFullDiskDidNotTakeIsWrittenOnceWhenThereIsRoom() throws Exception {
        add("first " + LONG);
        write();
        disk.fill();
        add("second " + LONG);
        add("third " + LONG);

        assertThatThrownBy(this::write).isInstanceOf(IOException.class).hasMessageContaining(file.toString());
        assertThatThrownBy(this::write).isInstanceOf(IOException.class);
        disk.free();
        add("fourth");
        write();

        assertThat(lines()).containsExactly("first " + LONG, "second " + LONG, "third " + LONG, "fourth");
        assertThat(position()).isEqualTo("00000000000000004711");
    }

    @Test
    void moreThanIsKeptWhileTheDiskIsFullIsCounted() throws Exception {
        add("before");
        write();
        disk.fill();
        add("kept " + LONG);
        add("kept too " + LONG);
        assertThatThrownBy(this::write).isInstanceOf(IOException.class);
        for (int i = 0; i < 2000; i++) {
            add(LONG);
        }
        disk.free();
        disk.close();
        disk = null;
        file = Files.createFile(directory.resolve("other.log"));
        add("after");
        write();
        add("later");
        write();

        assertThat(lines())
                .startsWith("kept " + LONG, "kept too " + LONG)
                .anyMatch(line -> line.matches("\\[\\d+ lines are missing here: they could not be written]"))
                .endsWith("later");
        assertThat(Files.size(file)).isLessThan(TimedLog.MOST_KEPT + 100_000L);
    }

    private void add(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        log.add(bytes, bytes.length, true, Instant.now());
    }

    private void write() throws IOException, InterruptedException {
        log.write(new FilePath(file.toFile()), new FilePath(positionFile().toFile()), 4711);
    }

    private Path positionFile() {
        return directory.resolve("position");
    }

    private String position() throws IOException {
        return Files.readString(positionFile());
    }

    /** Without their times. */
    private List<String> lines() throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }
}
