package io.jenkins.plugins.imagefactory.jenkins.packer;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramConsole;
import io.jenkins.plugins.imagefactory.jenkins.process.TimedLog;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("looks at the memory in use")
class PackerConsoleIT {
    private static final int LINES = 1_000_000;
    private static final int LINES_A_POLL = 10_000;

    @TempDir
    Path directory;

    @Test
    void showsReadsAndLogsAMillionLinesInConstantMemory() throws Exception {
        BuildContext build = build(OutputStream.nullOutputStream());
        PackerOutput output = new PackerOutput();
        TimedLog log = new TimedLog();
        FilePath file = build.node().workspace().child("packer.log");
        ProgramConsole console = new ProgramConsole(build, new PackerRemarks(), (line, length, text, ended, time) -> {
            log.add(line, length, ended, time);
            output.accept(text, time);
        });
        byte[] ofAGuest = bytes("    qemu.tiny: Unpacking libsystemd0:amd64 (252.39-1~deb12u1) over (252.38-1) ...\n");
        byte[] ofPacker = bytes("==> qemu.tiny: Waiting for SSH to become available...\n");

        long before = cpuNanos();
        long memoryAtFirst = 0;
        for (int i = 1; i <= LINES; i++) {
            console.write(i % 10 == 0 ? ofPacker : ofAGuest);
            if (i % LINES_A_POLL == 0) {
                log.write(file, null, 0);
            }
            if (i == LINES / 10) {
                memoryAtFirst = memoryInUse();
            }
        }
        Duration cpu = Duration.ofNanos(cpuNanos() - before);

        System.out.println("1,000,000 lines of Packer: " + cpu.toMillis() + " ms of CPU");
        assertThat(memoryInUse() - memoryAtFirst).isLessThan(8L << 20);
        try (var lines = Files.lines(Path.of(file.getRemote()))) {
            assertThat(lines.count()).isEqualTo(LINES);
        }
    }

    private BuildContext build(OutputStream console) throws IOException {
        LocalBuild build = LocalBuild.in(directory, directory, console, (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
        return BuildContext.of(
                build.run(),
                new FilePath(directory.toFile()),
                new EnvVars(),
                new Launcher.LocalLauncher(build.listener()),
                build.listener());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long memoryInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
