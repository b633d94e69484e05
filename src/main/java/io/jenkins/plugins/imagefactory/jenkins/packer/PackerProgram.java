package io.jenkins.plugins.imagefactory.jenkins.packer;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.node.KeptOutput;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.PackerVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** HashiCorp's Packer on the build's node. */
public record PackerProgram(String executable, PackerVersion version) {
    /** What its environment has besides the step's own. */
    static final Map<String, String> VARIABLES = Map.of("CHECKPOINT_DISABLE", "1");

    private static final String NAME = "packer";
    private static final long VERSION_TIMEOUT_SECONDS = 10;

    /**
     * Finds it and asks for its version.
     *
     * @param tool name of an installation in Manage Jenkins; null for the one on the PATH
     */
    public static PackerProgram find(BuildContext build, @CheckForNull String tool)
            throws IOException, InterruptedException {
        String executable = tool == null
                ? NodeProgram.installed(build.node(), NAME, "Packer")
                : PackerInstallation.executable(build, tool);
        KeptOutput output = new KeptOutput();
        NodeProgram.starter(build.node(), List.of(executable, "version"), VARIABLES, output)
                .start()
                .joinWithTimeout(
                        VERSION_TIMEOUT_SECONDS,
                        TimeUnit.SECONDS,
                        build.console().listener());
        PackerVersion version = PackerVersion.parse(output.text())
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
        return NodeProgram.starter(build.node(), arguments, VARIABLES, output).join();
    }
}
