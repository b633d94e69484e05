package io.jenkins.plugins.imagefactory.jenkins.qemu;

import hudson.Proc;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.PrivateDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Commands that run in a guest, over SSH. */
public final class GuestCommand {
    /** Runs what comes over its standard input as a program of its own, so that {@code #!} counts. */
    private static final String RUN_INPUT =
            "umask 077; f=$(mktemp ./image-boot.XXXXXX) && cat >\"$f\" && chmod 700 \"$f\" || exit 125;"
                    + " \"$f\" </dev/null; status=$?; rm -f \"$f\"; exit $status";

    private final BuildContext build;
    private final PrivateDirectory directory;
    private final GuestLogin login;
    private final int port;

    GuestCommand(BuildContext build, PrivateDirectory directory, GuestLogin login, int port) {
        this.build = build;
        this.directory = directory;
        this.login = login;
        this.port = port;
    }

    String user() {
        return login.user();
    }

    /** Starts a login that ends at once. */
    Proc tryToLogIn(OutputStream output) throws IOException {
        return start(login.command(port, "true"), output);
    }

    /** Starts a script in the user's home directory. */
    Proc run(String script, OutputStream output) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "script=$0; exec \"$@\" <\"$script\"",
                directory.write("script", script).getRemote()));
        command.addAll(login.command(port, RUN_INPUT));
        return start(command, output);
    }

    private Proc start(List<String> command, OutputStream output) throws IOException {
        Map<String, String> variables = new TreeMap<>(login.variables());
        variables.putAll(QemuProcess.processes(directory).mark());
        return NodeProgram.starter(build.node(), command, variables, output).start();
    }
}
