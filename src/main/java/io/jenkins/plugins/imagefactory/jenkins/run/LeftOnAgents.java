package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.slaves.ComputerListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private final XmlFile file;
    private List<Kept> kept;
    /** Those whose operations this controller runs; what it finds kept when it starts, nobody uses any more. */
    private final List<Leftover> inUse = new ArrayList<>();

    private final List<Leftover> underRemoval = new ArrayList<>();

    /** What became of the wish to have something removed. */
    public enum Promise {
        GIVEN,
        GIVEN_BEFORE,
        IMPOSSIBLE
    }

    /** As it stands in the file. */
    private static final class Kept {
        private final Leftover leftover;
        private final String build;

        /** @param build that goes on with it after a restart; null if none does */
        Kept(Leftover leftover, @CheckForNull String build) {
            this.leftover = leftover;
            this.build = build;
        }

        /** A Pipeline that Jenkins could not take up again has ended by now. */
        boolean isTakenUp() {
            if (build == null) {
                return false;
            }
            Run<?, ?> run = Run.fromExternalizableId(build);
            return run != null && run.isBuilding();
        }
    }

    public LeftOnAgents() {
        file = new XmlFile(new File(Jenkins.get().getRootDir(), LeftOnAgents.class.getName() + ".xml"));
        kept = read(file);
    }

    @SuppressWarnings("unchecked")
    private static List<Kept> read(XmlFile file) {
        try {
            return file.exists() ? (List<Kept>) file.read() : new ArrayList<>();
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

    /** It is gone. */
    public static void ended(Leftover leftover) {
        if (isPossible(leftover)) {
            listener().forget(leftover);
        }
    }

    /** It belongs to a Pipeline that goes on with it after a restart: it is removed only if that build has ended. */
    public static void handedOver(Leftover leftover, Run<?, ?> build) {
        if (isPossible(leftover)) {
            listener().handOver(leftover, build.getExternalizableId());
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

    private synchronized void use(Leftover leftover) {
        if (keep(leftover, null) && !holds(inUse, leftover)) {
            inUse.add(leftover);
        }
    }

    private synchronized void handOver(Leftover leftover, String build) {
        keep(leftover, build);
        inUse.removeIf(other -> isSame(other, leftover));
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
        Kept before = kept.stream()
                .filter(other -> isSame(other.leftover, leftover))
                .findFirst()
                .orElse(null);
        boolean wasInUse = inUse.removeIf(other -> isSame(other, leftover));
        if (before == null || before.build != null) {
            return keep(before == null ? leftover : before.leftover, null) ? Promise.GIVEN : Promise.IMPOSSIBLE;
        }
        return wasInUse ? Promise.GIVEN : Promise.GIVEN_BEFORE;
    }

    private synchronized boolean keep(Leftover leftover, @CheckForNull String build) {
        List<Kept> more = new ArrayList<>(kept.subList(Math.max(0, kept.size() + 1 - MOST), kept.size()));
        more.removeIf(other -> isSame(other.leftover, leftover));
        more.add(new Kept(leftover, build));
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
        if (kept.removeIf(other -> isSame(other.leftover, leftover))) {
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

    private synchronized List<Kept> unusedOn(Computer computer) {
        return kept.stream()
                .filter(entry -> computer.getName().equals(entry.leftover.node()) && !holds(inUse, entry.leftover))
                .toList();
    }

    /** A program may take its time to clean up, and the agent does not wait for that. */
    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        removeFrom(computer);
    }

    /** Removes what nobody uses from the agents that are there. */
    void removeFromAll() {
        Set<String> nodes = new TreeSet<>();
        synchronized (this) {
            kept.forEach(entry -> nodes.add(entry.leftover.node()));
        }
        nodes.stream()
                .map(Jenkins.get()::getComputer)
                .filter(computer -> computer != null && computer.isOnline())
                .forEach(this::removeFrom);
    }

    private void removeFrom(Computer computer) {
        List<Kept> here = unusedOn(computer);
        if (!here.isEmpty()) {
            Thread thread = new Thread(() -> remove(here, computer), "removing what is left on an agent");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void remove(List<Kept> here, Computer computer) {
        ACLContext system = ACL.as2(ACL.SYSTEM2);
        try (system) {
            awaitBuilds();
            here.stream().filter(entry -> !entry.isTakenUp()).forEach(entry -> removeOnce(entry.leftover, computer));
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "Jenkins ends", e);
        }
    }

    /** Agents may be there before Jenkins knows its builds. */
    private static void awaitBuilds() throws InterruptedException {
        Jenkins jenkins = Jenkins.get();
        while (jenkins.getInitLevel() != InitMilestone.COMPLETED) {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private void removeOnce(Leftover leftover, Computer computer) {
        synchronized (this) {
            if (holds(underRemoval, leftover)) {
                return;
            }
            underRemoval.add(leftover);
        }
        try {
            remove(leftover, computer);
        } finally {
            synchronized (this) {
                underRemoval.remove(leftover);
            }
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
            leftover.remove(new BuildNode(
                    isThere ? workspace : node.getRootPath(), node.createLauncher(nobody), new EnvVars()));
            forget(leftover);
            LOGGER.info(() -> leftover.title() + ", which its build has left there, is gone");
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> leftover.title() + " cannot be removed; it is tried again");
        }
    }
}
