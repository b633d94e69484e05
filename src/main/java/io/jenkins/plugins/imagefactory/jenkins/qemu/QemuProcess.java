package io.jenkins.plugins.imagefactory.jenkins.qemu;

import hudson.FilePath;
import hudson.Proc;
import io.jenkins.plugins.imagefactory.image.boot.QemuCommand;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import io.jenkins.plugins.imagefactory.jenkins.node.FilePiece;
import io.jenkins.plugins.imagefactory.jenkins.node.KeptOutput;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.node.ProcessGroup;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.PrivateDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A QEMU on the build's node, with its files in a directory of its own. */
public final class QemuProcess {
    private static final String CONSOLE = "console";
    private static final String MONITOR = "monitor";
    private static final String SCREEN = "screen.ppm";
    private static final String GROUP = "group";
    private static final int MOST_BYTES_AT_A_TIME = 256 * 1024;
    /** Of the console what is read and kept; a guest that writes more is ended. */
    static final long LARGEST_CONSOLE = 16L << 20;

    private static final long SECONDS_TO_END = 10;
    private static final Duration GRACE = Duration.ofSeconds(30);

    /**
     * Its first argument is the directory; its second, after how many seconds QEMU is killed whatever becomes of
     * Jenkins; all others are QEMU's command line.
     */
    private static final String SCRIPT = """
            cd "$0" && rm -f monitor.in monitor.out console && mkfifo monitor.in monitor.out || exit 1
            echo $$ >group
            seconds=$1
            shift
            if command -v timeout >/dev/null; then exec timeout -s KILL "$seconds" "$@"; fi
            exec "$@"
            """;

    private final BuildContext build;
    private final PrivateDirectory directory;
    private final Proc process;
    private final KeptOutput output;
    private long position;
    private long consoleSize;

    private QemuProcess(BuildContext build, PrivateDirectory directory, Proc process, KeptOutput output) {
        this.build = build;
        this.directory = directory;
        this.process = process;
        this.output = output;
    }

    /** Where a QEMU of that directory has its console and monitor. */
    static QemuCommand.Files files(PrivateDirectory directory) {
        return new QemuCommand.Files(
                directory.child(CONSOLE).getRemote(), directory.child(MONITOR).getRemote());
    }

    /** @param limit after which QEMU ends in any case, soon */
    static QemuProcess start(BuildContext build, PrivateDirectory directory, QemuCommand command, Duration limit)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                directory.path().getRemote(),
                String.valueOf(longestLife(limit).toSeconds())));
        arguments.addAll(command.arguments());
        Map<String, String> variables = new TreeMap<>(processes(directory).mark());
        variables.put("TMPDIR", directory.path().getRemote());
        KeptOutput output = new KeptOutput();
        Proc process =
                NodeProgram.starter(build.node(), arguments, variables, output).start();
        return new QemuProcess(build, directory, process, output);
    }

    /** After which QEMU ends without Jenkins, where the node has {@code timeout}. */
    static Duration longestLife(Duration limit) {
        return limit.plus(GRACE);
    }

    /** What runs for a boot with that directory: QEMU, and the clients of its guest. */
    static ProcessGroup processes(PrivateDirectory directory) {
        return new ProcessGroup(directory.child(GROUP), directory.path().getRemote());
    }

    boolean isAlive() throws IOException, InterruptedException {
        return process.isAlive();
    }

    /** Waits for it. */
    int exitCode() throws IOException, InterruptedException {
        return process.join();
    }

    /** What QEMU itself has printed so far. */
    String output() {
        return output.text();
    }

    /** What the guest wrote to its console since the last call; not all at once if it is much. */
    byte[] readConsole() throws IOException, InterruptedException {
        FilePiece piece = FilePiece.of(directory.child(CONSOLE), position, MOST_BYTES_AT_A_TIME);
        position += piece.bytes().length;
        consoleSize = piece.fileSize();
        return piece.bytes();
    }

    /** Whether the guest writes so much that it would fill the node's disk. */
    boolean floodsItsConsole() {
        return consoleSize > LARGEST_CONSOLE;
    }

    FilePath console() {
        return directory.child(CONSOLE);
    }

    /** The screen as {@link #end} left it; it may not exist. */
    FilePath screen() {
        return directory.child(SCREEN);
    }

    /** Keeps what is on the screen, and ends QEMU: by force if it does not end by itself. */
    void end() throws IOException, InterruptedException {
        try {
            if (process.isAlive()) {
                monitor("screendump \"" + screen().getRemote().replaceAll("[\\\\\"]", "\\\\$0") + "\"\nquit\n");
                process.joinWithTimeout(
                        SECONDS_TO_END, TimeUnit.SECONDS, build.console().listener());
            }
        } finally {
            kill();
        }
    }

    void kill() throws IOException, InterruptedException {
        kill(build.node(), directory);
        process.joinWithTimeout(
                SECONDS_TO_END, TimeUnit.SECONDS, build.console().listener());
    }

    /** Ends what runs for a boot with that directory, by force. */
    static void kill(BuildNode node, PrivateDirectory directory) throws IOException, InterruptedException {
        processes(directory).kill(node);
    }

    /** A FIFO that is opened for reading, too, does not make a writer wait for a QEMU that is gone. */
    private void monitor(String commands) throws IOException, InterruptedException {
        List<String> writing = List.of(
                "/bin/sh",
                "-c",
                "printf %s \"$1\" 1<>\"$0\"",
                directory.child(MONITOR + ".in").getRemote(),
                commands);
        NodeProgram.run(build.node(), writing, OutputStream.nullOutputStream());
    }
}
