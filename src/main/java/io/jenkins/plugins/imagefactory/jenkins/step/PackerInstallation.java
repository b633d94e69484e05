package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
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
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A Packer of Manage Jenkins, Tools: where its program lies on each node, or how it gets there. */
public final class PackerInstallation extends ToolInstallation implements NodeSpecific<PackerInstallation> {
    private static final long serialVersionUID = 1L;

    /** @param home the directory of the program {@code packer} */
    @DataBoundConstructor
    public PackerInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {
        super(name, home, properties);
    }

    @Override
    public PackerInstallation forNode(Node node, TaskListener log) throws IOException, InterruptedException {
        return new PackerInstallation(getName(), translateFor(node, log), List.of());
    }

    /** The program of the installation of that name on the build's node, installed there if need be. */
    static String executable(BuildContext build, String name) throws IOException, InterruptedException {
        Computer computer = build.workspace().toComputer();
        Node node = computer == null ? null : computer.getNode();
        BuildContext.require(node != null, "Packer '" + name + "' cannot be found: the agent is gone");
        ToolInstallation installation = named(name).translate(node, build.env(), build.listener());
        return build.env().expand(installation.getHome()) + (build.launcher().isUnix() ? "/packer" : "\\packer.exe");
    }

    private static PackerInstallation named(String name) throws AbortException {
        List<PackerInstallation> installations = Arrays.asList(
                ExtensionList.lookupSingleton(DescriptorImpl.class).getInstallations());
        return installations.stream()
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AbortException("there is no Packer '" + name
                        + "' in Manage Jenkins, Tools: use one of "
                        + installations.stream().map(ToolInstallation::getName).toList()
                        + ", or leave 'packer' out for the one on the agent's PATH"));
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
    }
}
