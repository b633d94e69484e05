package io.jenkins.plugins.imagefactory.jenkins.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperationFailureTest {
    private final TaskListener listener =
            new StreamTaskListener(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
    private final BuildContext build;

    OperationFailureTest() throws IOException {
        build = BuildContext.of(
                null, new FilePath(new File("/ws")), new EnvVars(), new Launcher.LocalLauncher(listener), listener);
    }

    @Test
    void aFileThatTheNodeCannotReadIsAMatterOfTheNode() {
        assertThat(sentence(new AccessDeniedException("/ws/disk.raw")))
                .isEqualTo("/ws/disk.raw could not be read: permission denied: that is a matter of the agent, its disk"
                        + " and the rights of who runs the build there");
        assertThat(sentence(new IOException("Input/output error")))
                .startsWith("/ws/disk.raw could not be read: Input/output error");
    }

    private String sentence(IOException cause) {
        UnreadableFileException failure = new UnreadableFileException(Path.of("/ws/disk.raw"), cause);
        return new OperationFailure(build, failure)
                .inOneSentence()
                .orElseThrow()
                .getMessage();
    }
}
