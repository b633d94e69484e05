package io.jenkins.plugins.imagefactory.jenkins.packer;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.NodeProgram;
import io.jenkins.plugins.imagefactory.packer.PackerVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** HashiCorp's Packer on the build's node. */
public record PackerProgram(String executable, PackerVersion version) {
    private static final String NAME = "packer";
    private static final long VERSION_TIMEOUT_SECONDS = 10;

    /**
     * Finds it and asks for its version.
     *
     * @param tool name of an installation in Manage Jenkins; null for the one on the PATH
     */
    public static PackerProgram find(BuildContext build, String tool) throws IOException, InterruptedException {
        String executable = tool == null ? onPath(build) : PackerInstallation.executable(build, tool);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        starter(build, List.of(executable, "version"), Map.of(), output)
                .start()
                .joinWithTimeout(VERSION_TIMEOUT_SECONDS, TimeUnit.SECONDS, build.listener());
        PackerVersion version = PackerVersion.parse(output.toString(StandardCharsets.UTF_8))
                .orElseThrow(() -> new AbortException(
                        executable + " is not HashiCorp's Packer: put that one before it on the PATH"));
        return new PackerProgram(executable, version);
    }

    /**
     * Runs it to its end.
     *
     * @param output takes what it prints
     * @return its exit code
     */
    public static int run(BuildContext build, List<String> arguments, OutputStream output)
            throws IOException, InterruptedException {
        return starter(build, arguments, Map.of(), output).join();
    }

    /** A process in the workspace, quiet, with Packer's environment; Jenkins expands no variable in its arguments. */
    static Launcher.ProcStarter starter(
            BuildContext build, List<String> arguments, Map<String, String> variables, OutputStream output) {
        return NodeProgram.starter(build, arguments, environment(build, variables), output);
    }

    /** The step's own environment, and {@code variables} over it. */
    static EnvVars environment(BuildContext build, Map<String, String> variables) {
        EnvVars env = new EnvVars(build.env());
        env.put("CHECKPOINT_DISABLE", "1");
        env.putAll(variables);
        return env;
    }

    private static String onPath(BuildContext build) throws IOException, InterruptedException {
        return NodeProgram.onPath(build, NAME)
                .orElseThrow(() -> new AbortException(
                        "Packer is not installed on " + build.env().get("NODE_NAME", "the agent") + ": there is no '"
                                + NAME + "' on its PATH " + build.env().get("PATH", "")));
    }
}
