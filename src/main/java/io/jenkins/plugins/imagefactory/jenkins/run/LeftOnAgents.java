package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import hudson.util.StreamTaskListener;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * What operations have on agents, kept while they run, so that it is removed when its agent is back, whatever ended the
 * operation: an abort while the agent was away, a lost agent, a killed controller. No secret is kept here. What belongs to
 * agents that do not come back is forgotten when the list is full.
 */
@Extension
public final class LeftOnAgents extends ComputerListener {
    private static final Logger LOGGER = Logger.getLogger(LeftOnAgents.class.getName());
    private static final int MOST = 1000;

    private final XmlFile file;
    private List<Leftover> kept;
    /** Those whose operations this controller runs; what it finds kept when it starts, nobody uses any more. */
    private final List<Leftover> inUse = new ArrayList<>();

    /** What became of the wish to have something removed. */
    public enum Promise {
        GIVEN,
        GIVEN_BEFORE,
        IMPOSSIBLE
    }

    public LeftOnAgents() {
        file = new XmlFile(new File(Jenkins.get().getRootDir(), LeftOnAgents.class.getName() + ".xml"));
        kept = read(file);
    }

    @SuppressWarnings("unchecked")
    private static List<Leftover> read(XmlFile file) {
        try {
            return file.exists() ? (List<Leftover>) file.read() : new ArrayList<>();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "What operations have left on agents cannot be read from " + file);
            return new ArrayList<>();
        }
    }

    /** Keeps what an operation is about to have on its node, in place of what it had in the same directory. */
    public static void begun(Leftover leftover) {
        if (isPossible(leftover)) {
            listener().use(leftover);
        }
    }

    /** It is gone, or what outlives the controller knows of it. */
    public static void ended(Leftover leftover) {
        if (isPossible(leftover)) {
            listener().forget(leftover);
        }
    }

    /** The operation ends without having removed it: it is removed when its agent is there. */
    public static Promise abandoned(Leftover leftover) {
        return isPossible(leftover) ? listener().abandon(leftover) : Promise.IMPOSSIBLE;
    }

    private static boolean isPossible(Leftover leftover) {
        return leftover.node() != null && Jenkins.getInstanceOrNull() != null;
    }

    private static LeftOnAgents listener() {
        return ExtensionList.lookupSingleton(LeftOnAgents.class);
    }

    private Promise abandon(Leftover leftover) {
        Promise promise = promise(leftover);
        Computer computer =
                Jenkins.get().getComputer(Objects.requireNonNull(leftover.node(), "possible where it is known"));
        if (promise == Promise.GIVEN && computer != null && computer.isOnline()) {
            removeFrom(computer);
        }
        return promise;
    }

    /** What is kept already knows best what there is in the directory. */
    private synchronized Promise promise(Leftover leftover) {
        boolean wasInUse = inUse.removeIf(other -> isSame(other, leftover));
        if (holds(kept, leftover)) {
            return wasInUse ? Promise.GIVEN : Promise.GIVEN_BEFORE;
        }
        return keep(leftover) ? Promise.GIVEN : Promise.IMPOSSIBLE;
    }

    private synchronized void use(Leftover leftover) {
        if (keep(leftover) && !holds(inUse, leftover)) {
            inUse.add(leftover);
        }
    }

    private synchronized boolean keep(Leftover leftover) {
        List<Leftover> more = new ArrayList<>(kept.subList(Math.max(0, kept.size() + 1 - MOST), kept.size()));
        more.removeIf(other -> isSame(other, leftover));
        more.add(leftover);
        try {
            file.write(more);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> leftover.title() + " cannot be kept, to be removed later");
            return false;
        }
        kept = more;
        return true;
    }

    private synchronized void forget(Leftover leftover) {
        inUse.removeIf(other -> isSame(other, leftover));
        if (kept.removeIf(other -> isSame(other, leftover))) {
            try {
                file.write(kept);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> leftover.title() + " cannot be forgotten");
            }
        }
    }

    private static boolean holds(List<Leftover> leftovers, Leftover leftover) {
        return leftovers.stream().anyMatch(other -> isSame(other, leftover));
    }

    private static boolean isSame(Leftover one, Leftover other) {
        return Objects.equals(one.node(), other.node()) && one.directory().equals(other.directory());
    }

    private synchronized List<Leftover> dueOn(Computer computer) {
        return kept.stream()
                .filter(leftover -> computer.getName().equals(leftover.node()) && !holds(inUse, leftover))
                .toList();
    }

    /** A program may take its time to clean up, and the agent does not wait for that. */
    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        removeFrom(computer);
    }

    private void removeFrom(Computer computer) {
        List<Leftover> here = dueOn(computer);
        if (!here.isEmpty()) {
            Thread thread = new Thread(
                    () -> here.forEach(leftover -> remove(leftover, computer)), "removing what is left on an agent");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void remove(Leftover leftover, Computer computer) {
        try {
            Node node = computer.getNode();
            if (node == null) {
                return;
            }
            TaskListener nobody = new StreamTaskListener(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
            FilePath workspace = node.createPath(leftover.workspace());
            boolean isThere = workspace != null && workspace.exists();
            leftover.remove(
                    BuildContext.ofNode(isThere ? workspace : node.getRootPath(), node.createLauncher(nobody), nobody));
            forget(leftover);
            LOGGER.info(() -> leftover.title() + ", which its build has left there, is gone");
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> leftover.title()
                            + " cannot be removed; the next time that the agent comes online tries again");
        }
    }
}
