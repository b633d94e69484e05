package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Proc;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Packer that works for a while. It leads a process group of its own, because a signal to Packer's wrapper process alone is
 * swallowed: when it is stopped, the group gets SIGINT and time to clean up, then SIGTERM, then SIGKILL.
 */
final class PackerProcess {
    private static final String SUBJECT = "packer";
    /**
     * The first argument is the file that gets the number of the group, which is that of its first process. In a file,
     * because Jenkins takes $$ in arguments for an escaped $.
     */
    private static final String IN_OWN_GROUP = """
            pid=$1
            shift
            if setsid -w true 2>/dev/null; then
                exec setsid -w /bin/sh -c 'echo $$ >"$0"; exec "$@"' "$pid" "$@"
            fi
            echo $$ >"$pid"
            exec "$@"
            """;

    /** To the group; to the process alone where it could not lead one. */
    private static final String SIGNAL = "kill -$1 -$(cat \"$0\") 2>/dev/null || kill -$1 $(cat \"$0\")";

    private static final Duration AFTER_TERM = Duration.ofSeconds(10);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final BuildContext build;
    private final Map<String, String> env;
    private final Duration grace;
    private final Duration silence;

    /**
     * @param grace to clean up after SIGINT
     * @param silence after which it is stopped; zero for never
     */
    PackerProcess(BuildContext build, Map<String, String> env, Duration grace, Duration silence) {
        this.build = build;
        this.env = env;
        this.grace = grace;
        this.silence = silence;
    }

    /**
     * Runs it to its end.
     *
     * @return the exit code
     * @throws AbortException if it was silent for too long
     * @throws InterruptedException if the build is aborted; Packer has cleaned up, or was killed, by then
     */
    int run(List<String> arguments, PackerConsole console) throws IOException, InterruptedException {
        if (!build.launcher().isUnix()) {
            return start(arguments, console).join();
        }
        FilePath directory = build.tempDir().createTempDir("packer", "");
        try {
            FilePath script = directory.child("in-own-group.sh");
            script.write(IN_OWN_GROUP, StandardCharsets.US_ASCII.name());
            FilePath pid = directory.child("pid");
            List<String> grouped = new ArrayList<>(List.of("/bin/sh", script.getRemote(), pid.getRemote()));
            grouped.addAll(arguments);
            return await(start(grouped, console), pid, console);
        } finally {
            directory.deleteRecursive();
        }
    }

    private Proc start(List<String> arguments, OutputStream console) throws IOException {
        return build.launcher()
                .launch()
                .cmds(arguments)
                .envs(env)
                .pwd(build.workspace())
                .quiet(true)
                .stdout(console)
                .start();
    }

    private int await(Proc process, FilePath pid, PackerConsole console) throws IOException, InterruptedException {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Thread waiter = new Thread(() -> join(process, end), "end of Packer");
        waiter.setDaemon(true);
        waiter.start();
        try {
            while (true) {
                try {
                    return end.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    requireSound(console);
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException | AbortException e) {
            stop(end, pid, process);
            throw e;
        }
    }

    private static void join(Proc process, CompletableFuture<Integer> end) {
        try {
            end.complete(process.join());
        } catch (IOException | InterruptedException e) {
            end.completeExceptionally(e);
        }
    }

    private void requireSound(PackerConsole console) throws AbortException {
        BuildContext.require(
                silence.isZero() || console.silence().compareTo(silence) < 0,
                "Packer was stopped because it had printed nothing for " + silence.toSeconds() + " s");
    }

    private void stop(CompletableFuture<Integer> end, FilePath pid, Proc process) throws IOException {
        build.log(SUBJECT, "Asking Packer to clean up and end, which may take " + grace.toSeconds() + " s");
        try {
            if (endsAfter("INT", pid, end, grace) || endsAfter("TERM", pid, end, AFTER_TERM)) {
                return;
            }
            endsAfter("KILL", pid, end, AFTER_KILL);
            process.kill();
        } catch (InterruptedException e) {
            kill(pid, process);
        }
        build.log(
                SUBJECT,
                "Packer did not end and was killed: it may have left its output directory in "
                        + build.workspace().getRemote() + ", or what it made in a cloud");
    }

    private boolean endsAfter(String signal, FilePath pid, CompletableFuture<Integer> end, Duration time)
            throws IOException, InterruptedException {
        signal(signal, pid);
        try {
            end.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void signal(String signal, FilePath pid) throws IOException, InterruptedException {
        build.launcher()
                .launch()
                .cmds(List.of("/bin/sh", "-c", SIGNAL, pid.getRemote(), signal))
                .envs(env)
                .quiet(true)
                .join();
    }

    /** Nobody wants to wait any longer. */
    private void kill(FilePath pid, Proc process) throws IOException {
        try {
            signal("KILL", pid);
            process.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
