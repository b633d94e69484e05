package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.node.ProcessGroup;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftOnAgents;
import io.jenkins.plugins.imagefactory.jenkins.run.Leftover;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jenkins.model.Jenkins;

/** One run of a program: where it lies and since when, all that is needed to take it up after a restart. */
public final class ProgramRun implements Leftover {
    private static final long serialVersionUID = 1L;
    private static final String DURABLE_TASK = "durable-task";
    private static final long MILLIS_BETWEEN_LOOKS = 500;
    private static final long FILE_TIME_GRANULARITY_MILLIS = 2000;

    private final FollowedProgram program;
    private final String directory;
    private final String logFile;
    private final String version;
    private final String cookie = UUID.randomUUID().toString();
    private final long startMillis = System.currentTimeMillis();
    private final long startOnAgent;
    private final ArrayList<String> entriesBefore;
    private final String node;
    private final String workspace;
    private final long abortGraceSeconds;
    private final LeftDirectory clientFiles;
    private Serializable durableController;

    private ProgramRun(
            FollowedProgram program,
            String directory,
            String logFile,
            String version,
            long startOnAgent,
            ArrayList<String> entriesBefore,
            String node,
            String workspace,
            Duration abortGrace,
            LeftDirectory clientFiles) {
        this.program = program;
        this.directory = directory;
        this.logFile = logFile;
        this.version = version;
        this.startOnAgent = startOnAgent;
        this.entriesBefore = entriesBefore;
        this.node = node;
        this.workspace = workspace;
        abortGraceSeconds = abortGrace.toSeconds();
        this.clientFiles = clientFiles;
    }

    /** Begins the log file, so that its time is that of the agent. */
    static ProgramRun prepare(
            BuildContext build,
            FollowedProgram program,
            ProgramStart start,
            Duration abortGrace,
            @CheckForNull LeftDirectory clientFiles)
            throws IOException, InterruptedException {
        FilePath log = build.node().workspace().child(start.logFile());
        log.write("", StandardCharsets.UTF_8.name());
        return new ProgramRun(
                program,
                start.directory().path().getRemote(),
                start.logFile(),
                start.version(),
                log.lastModified() - FILE_TIME_GRANULARITY_MILLIS,
                WorkspaceEntries.of(build.node().workspace()),
                LeftDirectory.nodeOf(build.node().workspace()),
                build.node().workspace().getRemote(),
                abortGrace,
                clientFiles);
    }

    /** Starts it: as a durable task where that is possible and the operation lasts, else in the foreground. */
    ProgramProcess start(BuildContext build, ProgramStart start, ProgramConsole console)
            throws IOException, InterruptedException {
        RunDirectory files = directory(build.node());
        Map<String, String> variables = new TreeMap<>(start.variables());
        variables.putAll(group(build.node()).mark());
        if (!build.node().launcher().isUnix()) {
            return new ForegroundProcess(NodeProgram.starter(build.node(), start.command(), variables, console)
                    .start());
        }
        if (canLast(build)) {
            EnvVars env = new EnvVars(build.node().env());
            env.putAll(variables);
            String script =
                    script(start.command(), files, files.output().getRemote()).text();
            DurableProcess process = DurableProcess.start(build, script, env, files);
            durableController = process.controller();
            return process;
        }
        files.write(files.script(), script(start.command(), files, null).text());
        List<String> shell = List.of("/bin/sh", files.script().getRemote());
        return new ForegroundProcess(
                NodeProgram.starter(build.node(), shell, variables, console).start());
    }

    private static GroupScript script(List<String> command, RunDirectory files, String output) {
        return new GroupScript(
                command, files.group().getRemote(), files.secrets().getRemote(), output);
    }

    private boolean canLast(BuildContext build) {
        if (!build.continuity().lasts()) {
            return false;
        }
        boolean possible = Jenkins.get().getPlugin(DURABLE_TASK) != null;
        if (!possible) {
            build.console()
                    .log(
                            program.subject(),
                            "The plugin " + DURABLE_TASK + " is not installed: " + program.title()
                                    + " runs in the foreground, and would not outlive a restart of Jenkins");
        }
        return possible;
    }

    /** Takes up the process that was started before the controller's restart; null if it did not outlive that. */
    @CheckForNull
    ProgramProcess resume(BuildNode node) throws IOException, InterruptedException {
        return durableController == null ? null : DurableProcess.resume(durableController, directory(node));
    }

    @Override
    public String abandoned() {
        String alone = program.title() + " cannot be ended without its agent: ";
        return switch (LeftOnAgents.abandoned(this)) {
            case GIVEN -> alone + "it is ended when " + place() + " is back";
            case GIVEN_BEFORE -> null;
            case IMPOSSIBLE -> alone + "it goes on there";
        };
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
        return program.title() + " in " + workspace + " on " + place();
    }

    /** Ends it, if it still runs, after it had its time to clean up, and removes what it needed beside the workspace. */
    @Override
    public void remove(BuildNode onNode) throws IOException, InterruptedException {
        ProcessGroup group = group(onNode);
        if (group.isMarked(onNode)) {
            group.signal(onNode, program.politeSignal(), program.spared());
            Deadline patience = Deadline.in(Duration.ofSeconds(abortGraceSeconds));
            while (!patience.isOver() && !group.survivors(onNode).isEmpty()) {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        }
        group.killMarked(onNode);
        ProgramProcess process = resume(onNode);
        directory(onNode).path().deleteRecursive();
        deleteClientFiles(onNode);
        if (process != null) {
            process.forget(onNode);
        }
    }

    /** What its program read its login from. */
    void deleteClientFiles(BuildNode node) throws IOException, InterruptedException {
        if (clientFiles != null) {
            clientFiles.delete(node);
        }
    }

    /** It is kept with a build that takes it up. */
    void handOver(Run<?, ?> build) {
        LeftOnAgents.handedOver(this, build);
        if (clientFiles != null) {
            LeftOnAgents.handedOver(clientFiles, build);
        }
    }

    /** Nothing of it is left. */
    void end() {
        LeftOnAgents.ended(this);
        if (clientFiles != null) {
            LeftOnAgents.ended(clientFiles);
        }
    }

    RunDirectory directory(BuildNode node) {
        return RunDirectory.of(node, this);
    }

    ProcessGroup group(BuildNode node) {
        return new ProcessGroup(directory(node).group(), cookie);
    }

    FollowedProgram program() {
        return program;
    }

    /** Relative to the workspace. */
    public String logFile() {
        return logFile;
    }

    /** Of the program. */
    public String version() {
        return version;
    }

    /** When it began, by the clock of the agent's files, in milliseconds since 1970. */
    long startOnAgent() {
        return startOnAgent;
    }

    public long millisSoFar() {
        return Math.max(0, System.currentTimeMillis() - startMillis);
    }

    /** What lies in the workspace now and did not before, but for the program's cache. */
    List<String> newEntries(BuildNode node) throws IOException, InterruptedException {
        return WorkspaceEntries.of(node.workspace()).stream()
                .filter(entry -> !entriesBefore.contains(entry) && !entry.equals(program.cache()))
                .toList();
    }
}
