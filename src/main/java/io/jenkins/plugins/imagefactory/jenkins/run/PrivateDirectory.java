package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A directory beside the workspace that only the agent's user can read, for as long as an operation runs.
 *
 * @param left what is kept of it
 */
public record PrivateDirectory(FilePath path, LeftDirectory left) {
    private static final int ONLY_OWNER = 0700;
    private static final int ONLY_OWNER_READS = 0600;

    /** A new one, which the caller must delete. */
    public static PrivateDirectory create(BuildContext build, String prefix) throws IOException, InterruptedException {
        return create(build.workspace(), prefix);
    }

    /** A new one beside that workspace, which the caller must delete; it is private before anything is in it. */
    static PrivateDirectory create(FilePath workspace, String prefix) throws IOException, InterruptedException {
        FilePath parent = Objects.requireNonNull(WorkspaceList.tempDir(workspace), "a workspace has a directory");
        parent.mkdirs();
        FilePath path = parent.createTempDir(prefix, "");
        path.chmod(ONLY_OWNER);
        return new PrivateDirectory(path, LeftDirectory.begun(workspace, path));
    }

    public FilePath child(String name) {
        return path.child(name);
    }

    /** Writes a file that only its owner reads, from its first byte on. */
    public FilePath write(String name, String content) throws IOException, InterruptedException {
        FilePath file = child(name);
        file.touch(0);
        file.chmod(ONLY_OWNER_READS);
        file.write(content, StandardCharsets.UTF_8.name());
        return file;
    }

    /** Removes it, now or when its agent is back; the console is told the latter. */
    public void delete(BuildContext build, String subject) throws IOException, InterruptedException {
        left.end(build, subject, path::deleteRecursive);
    }
}
