package io.jenkins.plugins.imagefactory.jenkins.node;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes. */
class ProcessGroupIT {
    private static final String COOKIE = UUID.randomUUID().toString();

    @TempDir
    private Path directory;

    @Test
    void aGroupWhoseIdSomebodyElseHasNowIsLeftAlone() throws Exception {
        Process stranger = leaderOfAGroup("of somebody else");
        try {
            group(stranger).signal(node(), "KILL");

            assertThat(group(stranger).survivors(node())).isEmpty();
            assertThat(stranger.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void itsOwnGroupGetsTheSignal() throws Exception {
        Process own = leaderOfAGroup(COOKIE);
        try {
            assertThat(group(own).survivors(node())).hasSize(1);
            group(own).signal(node(), "KILL");

            assertThat(own.waitFor()).isEqualTo(128 + 9);
        } finally {
            own.destroyForcibly().waitFor();
        }
    }

    private static Process leaderOfAGroup(String cookie) throws Exception {
        ProcessBuilder sleep = new ProcessBuilder("setsid", "sleep", "300");
        sleep.environment().putAll(ProcessGroup.mark(cookie));
        Process leader = sleep.start();
        while (!leader.info().command().orElse("").endsWith("sleep")) {
            Thread.sleep(10);
        }
        return leader;
    }

    private ProcessGroup group(Process leader) throws Exception {
        Path file = Files.writeString(directory.resolve("group"), leader.pid() + "\n");
        return new ProcessGroup(new FilePath(file.toFile()), COOKIE);
    }

    private BuildNode node() {
        TaskListener nobody = new StreamTaskListener(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
        return new BuildNode(new FilePath(directory.toFile()), new Launcher.LocalLauncher(nobody), new EnvVars());
    }
}
