package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import io.jenkins.plugins.imagefactory.jenkins.node.ProcessGroup;
import java.io.IOException;
import java.util.Map;

/** A directory that an operation made on its node, and the programs that bear its mark. */
public final class LeftDirectory implements Leftover {
    private static final long serialVersionUID = 1L;

    private final String node;
    private final String workspace;
    private final String directory;

    private LeftDirectory(String node, String workspace, String directory) {
        this.node = node;
        this.workspace = workspace;
        this.directory = directory;
    }

    /** Of a directory that was made just now; kept from now on. */
    public static LeftDirectory begun(FilePath workspace, FilePath directory) {
        LeftDirectory left = new LeftDirectory(nodeOf(workspace), workspace.getRemote(), directory.getRemote());
        LeftOnAgents.begun(left);
        return left;
    }

    /** The directory of something else that is kept. */
    public static LeftDirectory of(Leftover other) {
        return new LeftDirectory(other.node(), other.workspace(), other.directory());
    }

    /** As the controller knows it, whatever the build's variables say; null if that is not known. */
    @CheckForNull
    public static String nodeOf(FilePath workspace) {
        Computer computer = workspace.toComputer();
        return computer == null ? null : computer.getName();
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public String workspace() {
        return workspace;
    }

    @Override
    public String directory() {
        return directory;
    }

    @Override
    public String title() {
        return directory + " on " + place();
    }

    /** The variables that mark programs that end with it. */
    public Map<String, String> mark() {
        return ProcessGroup.mark(directory);
    }

    public boolean isThere(BuildNode onNode) throws IOException, InterruptedException {
        return onNode.workspace().child(directory).exists();
    }

    @Override
    public void remove(BuildNode onNode) throws IOException, InterruptedException {
        try {
            ProcessGroup.killMarked(onNode, directory);
        } finally {
            delete(onNode);
        }
    }

    /** Removes the directory alone. */
    public void delete(BuildNode onNode) throws IOException, InterruptedException {
        onNode.workspace().child(directory).deleteRecursive();
    }

    /**
     * Ends an operation's use of it: it is removed, and if its agent is away, as soon as that is back, which the console is
     * told. An interruption leaves it to others, who remove it at once.
     *
     * @param removal how the operation does it
     * @return whether it is gone
     */
    public boolean end(BuildContext build, String subject, Removal removal) throws IOException, InterruptedException {
        return end(build.node().workspace(), build.console().listener(), subject, () -> {
            try {
                removal.remove();
            } catch (IOException | RuntimeException e) {
                // It may have failed because the controller stops: then that is said, and no agent called lost.
                build.continuity().checkController();
                throw e;
            }
        });
    }

    /** The same outside of an operation. */
    public boolean end(FilePath at, TaskListener listener, String subject, Removal removal)
            throws IOException, InterruptedException {
        try {
            removal.remove();
            LeftOnAgents.ended(this);
            return true;
        } catch (InterruptedException e) {
            LeftOnAgents.abandoned(this);
            throw e;
        } catch (ControllerStops e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (!LostAgentException.explains(e, at)) {
                LeftOnAgents.abandoned(this);
                throw e;
            }
            leave(listener, subject);
            return false;
        }
    }

    /** Leaves it on an agent that is away, until that is back, and tells the console. */
    public void leave(TaskListener listener, String subject) {
        String told = abandoned();
        if (told != null) {
            listener.getLogger().println("[" + subject + "] " + told);
        }
    }

    /** Removes a directory. */
    @FunctionalInterface
    public interface Removal {
        void remove() throws IOException, InterruptedException;
    }

    @Override
    public String abandoned() {
        return switch (LeftOnAgents.abandoned(this)) {
            case GIVEN -> directory + " is removed when " + place() + " is back";
            case GIVEN_BEFORE -> null;
            case IMPOSSIBLE -> directory + " stays on the agent";
        };
    }
}
