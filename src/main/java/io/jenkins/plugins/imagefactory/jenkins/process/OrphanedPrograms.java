package io.jenkins.plugins.imagefactory.jenkins.process;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Programs whose builds were aborted while their agent was away: kept over restarts of the controller, and ended when the
 * agent is back. Those of agents that do not come back are forgotten when the list is full.
 */
@Extension
public final class OrphanedPrograms extends ComputerListener {
    private static final Logger LOGGER = Logger.getLogger(OrphanedPrograms.class.getName());
    private static final int MOST = 1000;

    private final XmlFile file;
    private List<ProgramRun> runs;

    public OrphanedPrograms() {
        file = new XmlFile(new File(Jenkins.get().getRootDir(), OrphanedPrograms.class.getName() + ".xml"));
        runs = read(file);
    }

    @SuppressWarnings("unchecked")
    private static List<ProgramRun> read(XmlFile file) {
        try {
            return file.exists() ? (List<ProgramRun>) file.read() : new ArrayList<>();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Which programs go on without their builds cannot be read from " + file);
            return new ArrayList<>();
        }
    }

    /** Keeps a program that is to be ended; false if that is not possible. */
    static boolean add(ProgramRun run) {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null) {
            return false;
        }
        try {
            OrphanedPrograms orphans = ExtensionList.lookupSingleton(OrphanedPrograms.class);
            orphans.keep(run);
            Computer computer = jenkins.getComputer(run.node());
            if (computer != null && computer.isOnline()) {
                orphans.endOn(computer);
            }
            return true;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "A program that goes on without its build cannot be kept", e);
            return false;
        }
    }

    private synchronized void keep(ProgramRun run) throws IOException {
        List<ProgramRun> more = new ArrayList<>(runs.subList(Math.max(0, runs.size() + 1 - MOST), runs.size()));
        more.add(run);
        file.write(more);
        runs = more;
    }

    private synchronized List<ProgramRun> of(Computer computer) {
        return runs.stream()
                .filter(run -> run.node().equals(computer.getName()))
                .toList();
    }

    private synchronized void forget(ProgramRun run) throws IOException {
        runs.remove(run);
        file.write(runs);
    }

    /** A program may take its time to clean up, and the agent does not wait for that. */
    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        endOn(computer);
    }

    private void endOn(Computer computer) {
        List<ProgramRun> here = of(computer);
        if (!here.isEmpty()) {
            Thread thread = new Thread(() -> here.forEach(run -> end(run, computer)), "ending orphaned programs");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void end(ProgramRun run, Computer computer) {
        String what = run.program().title() + " in " + run.workspace() + " on agent '" + run.node() + "'";
        try {
            Node node = computer.getNode();
            if (node == null) {
                return;
            }
            TaskListener nobody = new StreamTaskListener(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
            run.end(BuildContext.ofNode(node.createPath(run.workspace()), node.createLauncher(nobody), nobody));
            forget(run);
            LOGGER.info(() -> what + ", whose build was aborted while the agent was away, is ended");
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> what + " cannot be ended; the next time that the agent comes online tries again");
        }
    }
}
