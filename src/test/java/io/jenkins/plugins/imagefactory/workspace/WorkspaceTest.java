package io.jenkins.plugins.imagefactory.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {
    @TempDir
    Path parent;

    private Path directory;
    private Workspace workspace;

    @BeforeEach
    void makeAWorkspaceWithWaysOut() throws IOException {
        directory = Files.createDirectory(parent.resolve("workspace"));
        workspace = new Workspace(directory);
        Files.createDirectories(parent.resolve("outside/below"));
        Files.writeString(parent.resolve("outside/secret"), "secret");
        Files.createDirectory(directory.resolve("sub"));
        Files.writeString(directory.resolve("sub/file"), "mine");
        Files.createSymbolicLink(directory.resolve("link"), parent.resolve("outside/secret"));
        Files.createSymbolicLink(directory.resolve("links"), parent.resolve("outside/below"));
        Files.createSymbolicLink(directory.resolve("nowhere"), parent.resolve("outside/new"));
        Files.createSymbolicLink(directory.resolve("inner"), directory.resolve("sub/file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub/file", "./sub/file", "sub/../sub//file", "links/../sub/file", "inner"})
    void takesAFileThatLiesInIt(String path) throws IOException {
        assertThat(workspace.file(path)).hasContent("mine");
        assertThat(workspace.target(path)).isEqualTo(workspace.file(path));
    }

    @Test
    void takesAnAbsolutePathThatLeadsIntoIt() throws IOException {
        Path file = directory.resolve("sub/file");

        assertThat(workspace.file(file.toString())).isEqualTo(file);
        assertThat(workspace.relative(file)).isEqualTo("sub/file");
    }

    @Test
    void isTheSameThroughALinkToIt() throws IOException {
        Path link = Files.createSymbolicLink(parent.resolve("other"), directory);

        assertThat(new Workspace(link).file("sub/file")).isEqualTo(link.resolve("sub/file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/secret", "link", "links/../../outside/secret", "sub/../../outside/secret"})
    void readsNothingOutside(String path) {
        assertThatThrownBy(() -> workspace.file(path))
                .isInstanceOf(UnusablePathException.class)
                .hasMessageContaining("lies outside of the workspace " + directory);
        assertThatThrownBy(() -> workspace.existing(path)).hasMessageContaining("lies outside of the workspace");
        assertThatThrownBy(() -> workspace.requireInside(directory.resolve(path)))
                .hasMessageContaining("lies outside of the workspace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../new",
                "links/new",
                "links/a/b",
                "link",
                "nowhere",
                "nowhere/new",
                "/tmp/new",
                "../workspace2/x"
            })
    void writesNothingOutside(String path) {
        assertThatThrownBy(() -> workspace.target(path))
                .isInstanceOf(UnusablePathException.class)
                .hasMessageContaining("lies outside of the workspace " + directory);
    }

    @Test
    void aTargetNeedNotExistAndNeitherItsDirectory() throws IOException {
        assertThat(workspace.target("new/directory/file")).isEqualTo(directory.resolve("new/directory/file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u001bb", "sub\n/file"})
    void takesNoPathThatLinesOfALogCannotHold(String path) {
        assertThatThrownBy(() -> workspace.target(path))
                .isInstanceOf(UnusablePathException.class)
                .hasMessageContaining("control character");
        assertThatThrownBy(() -> workspace.file(path)).hasMessageContaining("control character");
    }

    /** Jenkins takes a backslash, and a letter with a colon, for a path of Windows wherever it meets them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "..\\outside\\secret",
                "sub\\file",
                "C:\\x",
                "C:/x",
                "./c:/x",
                "sub/../C:/x",
                "C:",
                "\\\\host\\share\\x",
                "\\x"
            })
    void takesNoPathOfWindowsWhereThereIsNone(String path) throws IOException {
        Path file = directory.resolve(path).normalize();
        assertThatThrownBy(() -> workspace.target(path))
                .isInstanceOf(UnusablePathException.class)
                .hasMessageEndingWith("' is written as on Windows, which its node is not");

        Files.createDirectories(file.getParent());
        Files.writeString(file, "there is a file of that name");

        assertThatThrownBy(() -> workspace.file(path)).hasMessageContaining("as on Windows");
        assertThatThrownBy(() -> workspace.existing(path)).hasMessageContaining("as on Windows");
        assertThatThrownBy(() -> workspace.requireInside(file)).hasMessageContaining("as on Windows");
    }

    /** On Windows a path of a share would ask its host, and log in there. */
    @Test
    void whatLiesOutsideByItsNameIsNotLookedAt() {
        assertThatThrownBy(() -> workspace.file("/nowhere/at/all"))
                .hasMessage("/nowhere/at/all lies outside of the workspace " + directory);
        assertThatThrownBy(() -> workspace.target("../../../nowhere"))
                .hasMessage("../../../nowhere lies outside of the workspace " + directory);
    }

    @Test
    void aFileWithALineBreakInItsNameIsNotTakenWhereItIsFound() {
        assertThatThrownBy(() -> workspace.requireInside(Files.writeString(directory.resolve("a\nb"), "")))
                .hasMessageContaining("control character");
    }

    @Test
    void aPathWithANulIsNoPath() {
        assertThatThrownBy(() -> workspace.file("a\0b")).hasMessage("'a?b' is no path");
    }

    @Test
    void takesNoFileThatIsNotRegular() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> workspace.file("fifo")).hasMessage(fifo + " is no regular file");
        assertThatThrownBy(() -> workspace.existing("fifo")).hasMessage(fifo + " is no regular file");
        assertThatThrownBy(() -> workspace.target("fifo")).hasMessage(fifo + " is no regular file");
        assertThatThrownBy(() -> workspace.file("sub")).hasMessage(directory.resolve("sub") + " is no regular file");
        assertThatThrownBy(() -> workspace.target("sub")).hasMessage(directory.resolve("sub") + " is no regular file");
        assertThat(workspace.existing("sub")).isEqualTo(directory.resolve("sub"));
    }

    @Test
    void saysWhatDoesNotExist() {
        assertThatThrownBy(() -> workspace.file("none")).hasMessage(directory.resolve("none") + " does not exist");
    }
}
