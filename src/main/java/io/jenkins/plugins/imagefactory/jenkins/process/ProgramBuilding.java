package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.result.OperationResult;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ControllerStops;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftOnAgents;
import io.jenkins.plugins.imagefactory.jenkins.run.LostAgentException;
import java.io.IOException;
import java.time.Instant;

/**
 * Builds images with a program: prepares, runs and follows it, and keeps its log and what it made. After a restart of the
 * controller, and when the agent was lost while that was kept, it takes up the program that went on in the meantime.
 *
 * @param <R> what it returns
 */
public abstract class ProgramBuilding<R extends OperationResult> {
    private final FollowedProgram program;
    private final ProgramWatch.Limits limits;
    private final boolean archiveLogs;
    private BuildContext build;

    protected ProgramBuilding(
            BuildContext build, FollowedProgram program, ProgramWatch.Limits limits, boolean archiveLogs) {
        this.build = build;
        this.program = program;
        this.limits = limits;
        this.archiveLogs = archiveLogs;
    }

    /**
     * Builds, or takes up what was begun.
     *
     * @param clientFiles what the program reads its login to a cloud from, as long as it runs; null if there is nothing
     */
    public final R run(@CheckForNull LeftDirectory clientFiles) throws IOException, InterruptedException {
        TimedLog log = new TimedLog();
        ProgramConsole console = new ProgramConsole(build, remarks(), (line, length, text, ended, time) -> {
            log.add(line, length, ended, time);
            read(text, time);
        });
        if (build.continuity().kept() instanceof ProgramRun before) {
            return resume(before, log, console);
        }
        ProgramStart start = prepare();
        ProgramRun run;
        try {
            run = ProgramRun.prepare(build, program, start, limits.abortGrace(), clientFiles);
            LeftOnAgents.begun(run);
        } catch (IOException | InterruptedException | RuntimeException e) {
            // A controller that stops, too: the program was not started.
            start.directory().delete(build, program);
            throw e;
        }
        return follow(run, started(run, start, console), log, console);
    }

    /** What cannot be kept is not to go on: nobody would find it again. */
    private ProgramProcess started(ProgramRun run, ProgramStart start, ProgramConsole console)
            throws IOException, InterruptedException {
        try {
            ProgramProcess process = run.start(build, start, console);
            if (process.lasts()) {
                build.continuity().keep(run);
                run.handOver(build.run());
            }
            return process;
        } catch (IOException | InterruptedException | RuntimeException e) {
            // A controller that stops, too: it stops before the program is kept, or after all of this.
            LeftDirectory.of(run).end(build, program.subject(), () -> run.remove(build.node()));
            throw e;
        }
    }

    /** What surrounds the build now: another object after the agent was lost and came back. */
    protected final BuildContext build() {
        return build;
    }

    /** What the console adds to the program's lines. */
    protected LineRemarks remarks() throws IOException {
        return LineRemarks.NONE;
    }

    /** Makes all ready; leaves nothing behind if it fails. */
    protected abstract ProgramStart prepare() throws IOException, InterruptedException;

    /** Reads along what the program prints. */
    protected abstract void read(String line, Instant time);

    /**
     * Keeps what the program made, and fails if it failed.
     *
     * @param exitCode negative if it is not known
     */
    protected abstract R keep(ProgramRun run, int exitCode) throws IOException, InterruptedException;

    private R resume(ProgramRun run, TimedLog log, ProgramConsole console) throws IOException, InterruptedException {
        ProgramProcess process = run.resume(build.node());
        if (process == null) {
            throw new AbortException(
                    program.title() + " did not outlive the restart of Jenkins, since it ran in the foreground");
        }
        build.console().log(program.subject(), program.title() + " went on: reading on");
        TimedLog.read(build.node().workspace().child(run.logFile()), this::read);
        return follow(run, process, log, console);
    }

    private R follow(ProgramRun run, ProgramProcess process, TimedLog log, ProgramConsole console)
            throws IOException, InterruptedException {
        ProgramWatch watch = new ProgramWatch(build, run, process, console, log, limits);
        R result;
        try {
            int exitCode = watch.follow();
            build = watch.build();
            watch.requireUndisturbed();
            result = keep(run, exitCode);
        } catch (ControllerStops e) {
            throw e;
        } catch (IOException | InterruptedException | RuntimeException e) {
            build = watch.build();
            if (!goesOn(process, e)) {
                cleanUpAfter(e, run, process);
            }
            throw e;
        }
        cleanUp(run, process);
        return result;
    }

    /** An operation that has lost its agent and is not aborted takes it up again when that is back. */
    private boolean goesOn(ProgramProcess process, Exception failure) {
        return process.lasts()
                && !(failure instanceof InterruptedException)
                && LostAgentException.explains(failure, build.node().workspace());
    }

    private void cleanUpAfter(Exception failure, ProgramRun run, ProgramProcess process) throws InterruptedException {
        try {
            cleanUp(run, process);
        } catch (InterruptedException e) {
            run.abandoned();
            throw e;
        } catch (IOException | RuntimeException e) {
            if (LostAgentException.explains(e, build.node().workspace())) {
                abandon(run);
            } else {
                failure.addSuppressed(e);
            }
        }
    }

    private void abandon(ProgramRun run) {
        String told = run.abandoned();
        if (told != null) {
            build.console().log(program.subject(), told);
        }
    }

    private void cleanUp(ProgramRun run, ProgramProcess process) throws IOException, InterruptedException {
        try {
            RunLogs.keep(build, run, archiveLogs);
        } finally {
            run.directory(build.node()).path().deleteRecursive();
            process.forget(build.node());
            run.deleteClientFiles(build.node());
            run.end();
        }
    }
}
