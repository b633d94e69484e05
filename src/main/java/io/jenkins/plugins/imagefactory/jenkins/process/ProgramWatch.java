package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.LostAgentException;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import io.jenkins.plugins.imagefactory.workspace.UnwritableFileException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Follows a program to its end: shows and logs what it prints, waits for an agent that was lost, and ends it on an abort or
 * when it is silent for too long. It is first asked to clean up (for Packer, SIGINT to its process group), then told to end
 * (SIGTERM), then killed.
 */
public final class ProgramWatch {
    private static final long SHORTEST_PAUSE = 250;
    private static final long LONGEST_PAUSE = 5000;
    /** Whatever ends a controller may reach its agents first. */
    private static final long MILLIS_UNTIL_A_CONTROLLER_STOPS = 2000;

    private static final Duration TO_TERMINATE = Duration.ofSeconds(10);
    private static final Duration TO_DIE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_ATTEMPTS_TO_LOG = Duration.ofSeconds(2);
    private static final int FAILURES_WITH_THE_AGENT_THERE = 3;
    /** Exit code of a process that even SIGKILL did not end. */
    private static final int UNKNOWN = -1;

    private final ProgramRun run;
    private final ProgramProcess process;
    private final ProgramConsole console;
    private final TimedLog log;
    private final Limits limits;
    private BuildContext build;
    private Stage stage = Stage.RUNNING;
    private Deadline patience;
    private String reason;
    private boolean silent;
    private int failures;
    private long millisToPause = SHORTEST_PAUSE;
    private UnwritableFileException unwritten;
    private Deadline nextAttemptToLog = Deadline.in(Duration.ZERO);

    /**
     * @param silence after which it is ended; null for no limit
     * @param abortGrace how long it may clean up when it is ended
     */
    public record Limits(@CheckForNull Duration silence, Duration abortGrace) {}

    private enum Stage {
        RUNNING,
        INTERRUPTED,
        TERMINATED,
        KILLED
    }

    ProgramWatch(
            BuildContext build,
            ProgramRun run,
            ProgramProcess process,
            ProgramConsole console,
            TimedLog log,
            Limits limits) {
        this.build = build;
        this.run = run;
        this.process = process;
        this.console = console;
        this.log = log;
        this.limits = limits;
    }

    /** The exit code of the program, whether it ended by itself or was ended. */
    int follow() throws IOException, InterruptedException {
        Integer exitCode = null;
        while (exitCode == null) {
            build.continuity().checkController();
            try {
                if (failures > 0) {
                    Thread.sleep(SHORTEST_PAUSE);
                }
                long before = console.lastOutput();
                exitCode = poll();
                if (exitCode == null) {
                    Thread.sleep(pause(console.lastOutput() != before));
                }
            } catch (InterruptedException e) {
                reason = "the build was aborted";
                escalate();
            } catch (RuntimeException e) {
                // ControllerStops passes: it tells of no lost agent.
                if (!LostAgentException.explains(e, build.node().workspace())) {
                    throw e;
                }
                reconnect(new IOException(e.getMessage(), e));
            } catch (IOException e) {
                reconnect(e);
            }
        }
        console.close();
        seeToTheEnd();
        finishLog();
        return exitCode;
    }

    /** Grows for a program that is silent, as durable-task lets it grow for {@code sh}: a lookup costs its agent a call. */
    private long pause(boolean hasSpoken) {
        millisToPause = hasSpoken || stage != Stage.RUNNING
                ? SHORTEST_PAUSE
                : Math.min(LONGEST_PAUSE, millisToPause + millisToPause / 5);
        return millisToPause;
    }

    /** By what the agent is reached now. */
    BuildContext build() {
        return build;
    }

    /** Ends the operation if the program did not end by itself. */
    void requireUndisturbed() throws AbortException, InterruptedException {
        if (stage == Stage.RUNNING) {
            return;
        }
        StepParameters.require(!silent, reason);
        throw new InterruptedException(reason);
    }

    private Integer poll() throws IOException, InterruptedException {
        Integer exitCode = process.poll(build, console);
        writeLog();
        failures = 0;
        if (exitCode != null) {
            return exitCode;
        }
        if (stage == Stage.RUNNING && isSilentForTooLong()) {
            silent = true;
            reason = title() + " printed nothing for "
                    + Objects.requireNonNull(limits.silence()).toSeconds() + " s (silenceTimeout)";
            escalate();
        } else if (stage != Stage.RUNNING && patience.isOver()) {
            if (stage == Stage.KILLED) {
                return UNKNOWN;
            }
            escalate();
        }
        return null;
    }

    private boolean isSilentForTooLong() {
        return limits.silence() != null && console.silence().compareTo(limits.silence()) > 0;
    }

    /** A log that cannot be written does not disturb the program, which may make room itself. */
    private void writeLog() throws IOException, InterruptedException {
        if (!nextAttemptToLog.isOver()) {
            return;
        }
        try {
            log.write(
                    build.node().workspace().child(run.logFile()),
                    process.lasts() ? run.directory(build.node()).position() : null,
                    process.position());
            if (unwritten != null) {
                say("The log can be written again; what " + title() + " itself could not write is lost");
            }
            unwritten = null;
        } catch (UnwritableFileException e) {
            if (unwritten == null) {
                say("Warning: " + e.getMessage() + "; its lines are kept until there is room");
            }
            unwritten = e;
            nextAttemptToLog = Deadline.in(BETWEEN_ATTEMPTS_TO_LOG);
        }
    }

    private void escalate() {
        stage = build.node().launcher().isUnix() ? Stage.values()[Math.min(stage.ordinal() + 1, 3)] : Stage.KILLED;
        try {
            switch (stage) {
                case INTERRUPTED -> {
                    say("Ending " + title() + ", since " + reason + ": it has "
                            + limits.abortGrace().toSeconds() + " s to clean up");
                    patience = Deadline.in(limits.abortGrace());
                    run.group(build.node())
                            .signal(
                                    build.node(),
                                    run.program().politeSignal(),
                                    run.program().spared());
                }
                case TERMINATED -> {
                    say(title() + " has not ended: terminating it");
                    patience = Deadline.in(TO_TERMINATE);
                    run.group(build.node())
                            .signal(build.node(), "TERM", run.program().spared());
                }
                default -> {
                    say("Killing " + title() + " and all it started, since " + reason);
                    patience = Deadline.in(TO_DIE);
                    run.group(build.node()).kill(build.node());
                }
            }
        } catch (IOException e) {
            say(title() + " could not be reached: " + e.getMessage());
        } catch (InterruptedException e) {
            patience = Deadline.in(Duration.ZERO);
        }
    }

    private void reconnect(IOException failure) throws IOException, InterruptedException {
        build.continuity().checkController();
        failures++;
        if (!process.lasts()) {
            throw failure;
        }
        if (failures > FAILURES_WITH_THE_AGENT_THERE) {
            reason = "it cannot be followed: " + failure.getMessage();
            stage = Stage.TERMINATED;
            escalate();
            throw failure;
        }
        if (!LostAgentException.explains(failure, build.node().workspace())) {
            return;
        }
        if (stage != Stage.RUNNING) {
            requireUndisturbed();
        }
        Thread.sleep(MILLIS_UNTIL_A_CONTROLLER_STOPS);
        build.continuity().checkController();
        say("Lost the agent (" + LostAgentException.reason(failure) + "): " + title()
                + " goes on there, waiting for it to come back");
        build = build.continuity().awaitAgent();
        say("The agent is back");
    }

    /** The log of a program that has ended by itself is whole, or the operation fails. */
    private void finishLog() throws IOException, InterruptedException {
        nextAttemptToLog = Deadline.in(Duration.ZERO);
        writeLog();
        if (unwritten != null && stage == Stage.RUNNING) {
            throw unwritten;
        }
    }

    /** Whatever was left behind of a program that was ended is told. */
    private void seeToTheEnd() throws IOException, InterruptedException {
        if (stage == Stage.RUNNING) {
            return;
        }
        List<String> survivors = run.group(build.node()).survivors(build.node());
        if (!survivors.isEmpty()) {
            run.group(build.node()).kill(build.node());
            survivors = run.group(build.node()).survivors(build.node());
        }
        for (String process : survivors) {
            say("Left behind: process " + process);
        }
        for (String entry : run.newEntries(build.node())) {
            say("Left behind: " + entry + " in " + build.node().workspace().getRemote());
        }
    }

    private String title() {
        return run.program().title();
    }

    private void say(String line) {
        build.console().log(run.program().subject(), line);
    }
}
