package io.jenkins.plugins.imagefactory.jenkins.process;

import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.util.Arrays;
import jenkins.agents.ControllerToAgentFileCallable;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.Controller;

/**
 * A program that the plugin durable-task runs, as {@code sh} does: detached, so that it goes on without a connection. It
 * prints into a file, which is read from where the last reading ended.
 */
final class DurableProcess implements ProgramProcess {
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
        Controller controller =
                new BourneShellScript(script).launch(env, build.workspace(), build.launcher(), build.listener());
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
        Integer exitCode = controller.exitStatus(build.workspace(), build.launcher(), build.listener());
        byte[] text;
        do {
            text = build.workspace().child(output).act(new Tail(position, exitCode != null));
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
    public void forget(BuildContext build) throws IOException, InterruptedException {
        controller.cleanup(build.workspace());
    }

    /** The next lines of a file that grows: whole ones, unless it has ended or a line is longer than fits. */
    private static final class Tail implements ControllerToAgentFileCallable<byte[]> {
        private static final long serialVersionUID = 1L;
        private static final int MOST = 1024 * 1024;

        private final long position;
        private final boolean ended;

        Tail(long position, boolean ended) {
            this.position = position;
            this.ended = ended;
        }

        @Override
        public byte[] invoke(File file, VirtualChannel channel) throws IOException {
            if (file.length() <= position) {
                return new byte[0];
            }
            try (RandomAccessFile output = new RandomAccessFile(file, "r")) {
                byte[] text = new byte[(int) Math.min(MOST, output.length() - position)];
                output.seek(position);
                output.readFully(text);
                return Arrays.copyOf(text, wholeLines(text));
            }
        }

        private int wholeLines(byte[] text) {
            for (int i = text.length; i > 0; i--) {
                if (text[i - 1] == '\n') {
                    return i;
                }
            }
            return ended || text.length == MOST ? text.length : 0;
        }
    }
}
