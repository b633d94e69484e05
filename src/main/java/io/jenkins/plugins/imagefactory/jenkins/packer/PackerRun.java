package io.jenkins.plugins.imagefactory.jenkins.packer;

import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ProcessGroup;
import io.jenkins.plugins.imagefactory.packer.PackerScript;
import io.jenkins.plugins.imagefactory.packer.PackerVersion;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jenkins.model.Jenkins;

/** One run of {@code packer build}: where it lies and since when, all that is needed to take it up after a restart. */
final class PackerRun implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Packer's cache, which is meant to stay. */
    private static final String DOWNLOADS = "packer_cache";

    private static final String DURABLE_TASK = "durable-task";
    private static final long FILE_TIME_GRANULARITY_MILLIS = 2000;

    private final String directory;
    private final String logFile;
    private final String version;
    private final String cookie = UUID.randomUUID().toString();
    private final long startMillis = System.currentTimeMillis();
    private final long startOnAgent;
    private final ArrayList<String> entriesBefore;
    private Serializable durableController;

    private PackerRun(
            String directory, String logFile, String version, long startOnAgent, ArrayList<String> entriesBefore) {
        this.directory = directory;
        this.logFile = logFile;
        this.version = version;
        this.startOnAgent = startOnAgent;
        this.entriesBefore = entriesBefore;
    }

    /** @param logFile relative to the workspace; begun here, so that its time is that of the agent */
    static PackerRun prepare(BuildContext build, RunDirectory directory, String logFile, PackerVersion version)
            throws IOException, InterruptedException {
        FilePath log = build.workspace().child(logFile);
        log.write("", StandardCharsets.UTF_8.name());
        return new PackerRun(
                directory.path().getRemote(),
                logFile,
                version.number(),
                log.lastModified() - FILE_TIME_GRANULARITY_MILLIS,
                WorkspaceEntries.of(build.workspace()));
    }

    /** Starts Packer: as a durable task where that is possible and the operation lasts, else in the foreground. */
    PackerProcess start(BuildContext build, List<String> command, boolean debug, PackerConsole console)
            throws IOException, InterruptedException {
        RunDirectory files = directory(build);
        Map<String, String> variables = new TreeMap<>(group(build).mark());
        if (debug) {
            variables.put("PACKER_LOG", "1");
            variables.put("PACKER_LOG_PATH", files.debugLog().getRemote());
        }
        if (!build.launcher().isUnix()) {
            return new ForegroundProcess(
                    PackerProgram.starter(build, command, variables, console).start());
        }
        if (canLast(build)) {
            String script = script(command, files, files.output().getRemote()).text();
            DurableProcess process =
                    DurableProcess.start(build, script, PackerProgram.environment(build, variables), files);
            durableController = process.controller();
            return process;
        }
        files.write(files.script(), script(command, files, null).text());
        List<String> shell = List.of("/bin/sh", files.script().getRemote());
        return new ForegroundProcess(
                PackerProgram.starter(build, shell, variables, console).start());
    }

    private static PackerScript script(List<String> command, RunDirectory files, String output) {
        return new PackerScript(
                command, files.group().getRemote(), files.secrets().getRemote(), output);
    }

    private static boolean canLast(BuildContext build) {
        if (!build.continuity().lasts()) {
            return false;
        }
        boolean possible = Jenkins.get().getPlugin(DURABLE_TASK) != null;
        if (!possible) {
            build.log(
                    "packer",
                    "The plugin " + DURABLE_TASK + " is not installed: Packer runs in the foreground, and"
                            + " would not outlive a restart of Jenkins");
        }
        return possible;
    }

    /** Takes up the Packer that was started before the controller's restart; null if it did not outlive that. */
    PackerProcess resume(BuildContext build) throws IOException, InterruptedException {
        return durableController == null ? null : DurableProcess.resume(durableController, directory(build));
    }

    RunDirectory directory(BuildContext build) {
        return RunDirectory.of(build, directory);
    }

    ProcessGroup group(BuildContext build) {
        return new ProcessGroup(directory(build).group(), cookie);
    }

    String logFile() {
        return logFile;
    }

    String version() {
        return version;
    }

    /** When it began, by the clock of the agent's files, in milliseconds since 1970. */
    long startOnAgent() {
        return startOnAgent;
    }

    long millisSoFar() {
        return System.currentTimeMillis() - startMillis;
    }

    /** What lies in the workspace now and did not before, but for Packer's cache. */
    List<String> newEntries(BuildContext build) throws IOException, InterruptedException {
        return WorkspaceEntries.of(build.workspace()).stream()
                .filter(entry -> !entriesBefore.contains(entry) && !entry.equals(DOWNLOADS))
                .toList();
    }
}
