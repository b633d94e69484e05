package io.jenkins.plugins.imagefactory.jenkins.process;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import io.jenkins.plugins.imagefactory.jenkins.node.FilePiece;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.Controller;

/**
 * A program that the plugin durable-task runs, as {@code sh} does: detached, so that it goes on without a connection. It
 * prints into a file, which is read from where the last reading ended.
 */
final class DurableProcess implements ProgramProcess {
    private static final int MOST_BYTES_AT_A_TIME = 1024 * 1024;

    private final Controller controller;
    private final String output;
    private long position;

    private DurableProcess(Controller controller, String output, long position) {
        this.controller = controller;
        this.output = output;
        this.position = position;
    }

    /** Starts a script that writes to the directory's output file. */
    static DurableProcess start(BuildContext build, String script, EnvVars env, RunDirectory directory)
            throws IOException, InterruptedException {
        Controller controller = new BourneShellScript(script)
                .launch(
                        env,
                        build.node().workspace(),
                        build.node().launcher(),
                        build.console().listener());
        return new DurableProcess(controller, directory.output().getRemote(), 0);
    }

    /** Takes up one that was started before. */
    static DurableProcess resume(Serializable controller, RunDirectory directory)
            throws IOException, InterruptedException {
        return new DurableProcess((Controller) controller, directory.output().getRemote(), directory.readPosition());
    }

    /** What {@link #resume} needs. */
    Serializable controller() {
        return controller;
    }

    @Override
    public Integer poll(BuildContext build, ProgramConsole console) throws IOException, InterruptedException {
        Integer exitCode = controller.exitStatus(
                build.node().workspace(),
                build.node().launcher(),
                build.console().listener());
        byte[] text;
        do {
            text = nextLines(build.node().workspace().child(output), exitCode != null);
            console.write(text);
            position += text.length;
        } while (text.length > 0 && exitCode != null);
        return exitCode;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void forget(BuildNode node) throws IOException, InterruptedException {
        controller.cleanup(node.workspace());
    }

    /** Whole lines, unless the program has ended or a line is longer than fits. */
    private byte[] nextLines(FilePath file, boolean ended) throws IOException, InterruptedException {
        byte[] text = FilePiece.of(file, position, MOST_BYTES_AT_A_TIME).bytes();
        for (int i = text.length; i > 0; i--) {
            if (text[i - 1] == '\n') {
                return Arrays.copyOf(text, i);
            }
        }
        return ended || text.length == MOST_BYTES_AT_A_TIME ? text : new byte[0];
    }
}
