package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A directory beside the workspace that only the agent's user can read, for as long as an operation runs.
 *
 * @param left what is kept of it
 */
public record PrivateDirectory(FilePath path, LeftDirectory left) {
    private static final int ONLY_OWNER = 0700;
    private static final int ONLY_OWNER_READS = 0600;

    /** A new one beside that workspace, which the caller must delete; it is private before anything is in it. */
    public static PrivateDirectory create(FilePath workspace, String prefix) throws IOException, InterruptedException {
        FilePath parent = Objects.requireNonNull(WorkspaceList.tempDir(workspace), "a workspace has a directory");
        parent.mkdirs();
        FilePath path = parent.createTempDir(prefix, "");
        requireWithin(parent, path, prefix);
        path.chmod(ONLY_OWNER);
        return new PrivateDirectory(path, LeftDirectory.begun(workspace, path));
    }

    /** What an agent answers is removed later on, perhaps by another one of that name. */
    private static void requireWithin(FilePath parent, FilePath path, String prefix) throws IOException {
        String remote = path.getRemote();
        boolean plain = remote.startsWith(parent.getRemote())
                && remote.substring(parent.getRemote().length())
                        .matches("[/\\\\]" + Pattern.quote(prefix) + "[\\w.-]*");
        if (!plain) {
            throw new IOException(
                    "the agent made '" + remote + "' where a directory in " + parent.getRemote() + " was asked for");
        }
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
