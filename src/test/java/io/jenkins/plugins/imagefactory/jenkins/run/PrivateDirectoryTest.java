package io.jenkins.plugins.imagefactory.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.spy;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.MockedStatic;

class PrivateDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void liesBesideTheWorkspace() throws Exception {
        FilePath workspace = new FilePath(directory.resolve("ws").toFile());

        PrivateDirectory made = PrivateDirectory.create(workspace, "packer");

        assertThat(Path.of(made.path().getRemote())).isDirectory().hasParent(directory.resolve("ws@tmp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "packer1/../../..", "..", "packer", "other1"})
    void thatAnAgentClaimsToHaveMadeElsewhereIsRefused(String claimed) throws Exception {
        FilePath beside = spy(new FilePath(directory.resolve("ws@tmp").toFile()));
        File answer = claimed.startsWith("/") ? new File(claimed) : new File(directory.toFile(), claimed);
        doReturn(new FilePath(answer)).when(beside).createTempDir(anyString(), anyString());

        try (MockedStatic<WorkspaceList> places = mockStatic(WorkspaceList.class)) {
            FilePath workspace = new FilePath(directory.resolve("ws").toFile());
            places.when(() -> WorkspaceList.tempDir(workspace)).thenReturn(beside);

            assertThatThrownBy(() -> PrivateDirectory.create(workspace, "packer"))
                    .hasMessageStartingWith("the agent made '")
                    .hasMessageEndingWith("where a directory in " + beside.getRemote() + " was asked for");
        }
    }
}
