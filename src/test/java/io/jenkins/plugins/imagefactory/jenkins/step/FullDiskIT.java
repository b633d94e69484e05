package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.fixture.SmallDisk;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A workspace on a disk that is full. */
@Timeout(300)
@ResourceLock(DiskImageBuilder.MOUNTS)
class FullDiskIT {
    private static final String FILL = "cat /dev/zero > filling || true";
    private static final String SAID = "the disk of the agent is full";

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private SmallDisk disk;
    private LocalBuild build;

    @BeforeEach
    void prepareABuild() throws Exception {
        disk = SmallDisk.at(directory.resolve("small"));
        build = LocalBuild.in(
                disk.directory().resolve("workspace"), directory.resolve("archive"), console, (run, c) -> {
                    throw new AssertionError("no cloud is needed");
                });
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void whatPackerPrintedWhileTheDiskWasFullIsInItsLogWhenThereIsRoomAgain() throws Exception {
        packer(
                FILL,
                "for i in $(seq 300); do echo line $i of many while there is no room; done",
                "sleep 3",
                "rm filling");

        run("packerBuild template: 't.json', validate: false, archiveLogs: false");

        assertThat(Files.readAllLines(build.workspace().resolve("packer.latest.log")))
                .filteredOn(line -> line.contains("of many while there is no room"))
                .hasSize(300);
        assertThat(console()).contains("its lines are kept").doesNotContain("Lost the agent");
    }

    @Test
    void aLogThatCannotBeWrittenFailsTheBuildAndIsNamed() throws Exception {
        packer(FILL, "for i in $(seq 300); do echo line $i of many while there is no room; done");

        assertThatThrownBy(() -> run("packerBuild template: 't.json', validate: false, archiveLogs: false"))
                .hasMessageContainingAll(SAID, "packer-logs/t-", "make room there");
        assertThat(console()).doesNotContain("Lost the agent");
    }

    @Test
    void aTemplateThatCannotBeWrittenSaysWhere() throws Exception {
        Files.writeString(build.workspace().resolve("a.yaml.j2"), "a: {{ 'x' * 20000 }}");
        disk.fill();

        assertThatThrownBy(() -> run("heatRender 'a.yaml.j2'"))
                .hasMessageContainingAll(SAID, build.workspace().toString(), "make room there");
    }

    @Test
    void aConversionThatCannotBeWrittenSaysWhereAndLeavesNothing() throws Exception {
        Files.write(build.workspace().resolve("disk.raw"), new byte[300_000]);
        disk.fill();

        assertThatThrownBy(() -> run("imageConvert file: 'disk.raw', format: 'vhd'"))
                .hasMessageContainingAll(SAID, "make room there");
        try (var left = Files.list(build.workspace())) {
            assertThat(left).containsExactly(build.workspace().resolve("disk.raw"));
        }
    }

    @Test
    void aGuestWhoseSeedCannotBeWrittenSaysWhereAndLeavesNothing() throws Exception {
        Files.write(build.workspace().resolve("disk.raw"), new byte[4096]);
        disk.fill();

        assertThatThrownBy(() -> run("imageBoot file: 'disk.raw', expect: 'x', userData: '#cloud-config', timeout: 20"))
                .hasMessageContainingAll(SAID, "make room there");
        try (var beside = Files.walk(disk.directory().resolve("workspace@tmp"))) {
            assertThat(beside).noneMatch(file -> file.getFileName().toString().startsWith("imageBoot"));
        }
    }

    private void packer(String... commands) throws IOException {
        Files.writeString(build.workspace().resolve("t.json"), """
                {"builders": [{"type": "null", "communicator": "none"}],
                 "provisioners": [{"type": "shell-local", "inline": ["%s"]}]}
                """.formatted(String.join("\", \"", commands)));
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
