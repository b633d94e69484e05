package io.jenkins.plugins.imagefactory.jenkins.packer;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolProperty;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * A Packer of <i>Manage Jenkins → Tools</i>: a directory with the program {@code packer}, which may differ between nodes
 * or be installed there by any installer, such as 'Extract *.zip/*.tar.gz' with HashiCorp's zip.
 */
public final class PackerInstallation extends ToolInstallation implements NodeSpecific<PackerInstallation> {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public PackerInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {
        super(Util.fixNull(name).trim(), Util.fixNull(home).trim(), properties);
    }

    /** The program of the installation of that name on the build's node, installed there if need be. */
    static String executable(BuildContext build, String name) throws IOException, InterruptedException {
        PackerInstallation installation = named(name);
        Node node = nodeOf(build, name);
        String home = build.node()
                .env()
                .expand(installation.forNode(node, build.console().listener()).getHome());
        String program = build.node().launcher().isUnix() ? "packer" : "packer.exe";
        for (String place : List.of(program, "bin/" + program)) {
            FilePath executable = build.node().workspace().child(home).child(place);
            if (executable.exists()) {
                return executable.getRemote();
            }
        }
        throw new AbortException("Packer '" + name + "' of Manage Jenkins → Tools has no program '" + program + "' in "
                + home + " on " + build.node().env().get("NODE_NAME", "the agent"));
    }

    private static Node nodeOf(BuildContext build, String name) throws AbortException {
        Computer computer = build.node().workspace().toComputer();
        Node node = computer == null ? null : computer.getNode();
        if (node == null) {
            throw new AbortException("the node of this build is gone, so Packer '" + name + "' is not on it");
        }
        return node;
    }

    private static PackerInstallation named(String name) throws AbortException {
        List<PackerInstallation> installations = DescriptorImpl.installations();
        return installations.stream()
                .filter(installation -> installation.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AbortException("there is no Packer '" + name
                        + "' in Manage Jenkins → Tools; there are: "
                        + installations.stream().map(ToolInstallation::getName).collect(Collectors.joining(", "))));
    }

    @Override
    public PackerInstallation forNode(Node node, TaskListener listener) throws IOException, InterruptedException {
        return new PackerInstallation(getName(), translateFor(node, listener), List.of());
    }

    /** For {@code tools { packer '…' }}: puts the program on the PATH. */
    @Override
    public void buildEnvVars(EnvVars env) {
        env.put("PATH+PACKER", getHome());
    }

    @Extension
    @Symbol("packer")
    public static final class DescriptorImpl extends ToolDescriptor<PackerInstallation> {
        public DescriptorImpl() {
            load();
        }

        @Override
        public String getDisplayName() {
            return Messages.PackerInstallation_DisplayName();
        }

        @Override
        public void setInstallations(PackerInstallation... installations) {
            super.setInstallations(installations);
            save();
        }

        private static List<PackerInstallation> installations() {
            Jenkins jenkins = Jenkins.getInstanceOrNull();
            return jenkins == null
                    ? List.of()
                    : Arrays.asList(
                            jenkins.getDescriptorByType(DescriptorImpl.class).getInstallations());
        }

        /** A drop-down of the installations, after one for the Packer on the PATH. */
        public static List<String> names() {
            return installations().stream().map(PackerInstallation::getName).toList();
        }
    }
}
