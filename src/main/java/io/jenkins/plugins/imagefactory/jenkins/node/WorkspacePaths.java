package io.jenkins.plugins.imagefactory.jenkins.node;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.workspace.UnusablePathException;
import io.jenkins.plugins.imagefactory.workspace.Workspace;
import java.io.File;
import java.io.IOException;
import jenkins.agents.ControllerToAgentFileCallable;

/** Every path that somebody says, looked at on the node that it is of. */
public record WorkspacePaths(FilePath workspace) {
    private enum Purpose {
        FILE,
        EXISTING,
        TARGET
    }

    public static WorkspacePaths of(BuildNode node) {
        return new WorkspacePaths(node.workspace());
    }

    /**
     * A regular file to read.
     *
     * @throws UnusablePathException if there is none, or it lies outside of the workspace
     */
    public FilePath file(String path) throws IOException, InterruptedException {
        return resolve(path, Purpose.FILE);
    }

    /** A regular file or a directory to read. */
    public FilePath existing(String path) throws IOException, InterruptedException {
        return resolve(path, Purpose.EXISTING);
    }

    /** A file to write, which need not exist. */
    public FilePath target(String path) throws IOException, InterruptedException {
        return resolve(path, Purpose.TARGET);
    }

    /** The path of a file of the workspace, with {@code /}; that of any other file is absolute. */
    public String relative(FilePath file) {
        String path = file.getRemote().replace('\\', '/');
        String directory = workspace.getRemote().replace('\\', '/') + "/";
        return path.startsWith(directory) ? path.substring(directory.length()) : path;
    }

    private FilePath resolve(String path, Purpose purpose) throws IOException, InterruptedException {
        return workspace.child(workspace.act(new Resolving(path, purpose)));
    }

    private static final class Resolving implements ControllerToAgentFileCallable<String> {
        private static final long serialVersionUID = 1L;

        private final String path;
        private final Purpose purpose;

        Resolving(String path, Purpose purpose) {
            this.path = path;
            this.purpose = purpose;
        }

        @Override
        public String invoke(File directory, VirtualChannel channel) throws IOException {
            Workspace workspace = new Workspace(directory.toPath());
            return workspace.relative(
                    switch (purpose) {
                        case FILE -> workspace.file(path);
                        case EXISTING -> workspace.existing(path);
                        case TARGET -> workspace.target(path);
                    });
        }
    }
}
