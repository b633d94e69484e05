package hudson.tools;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Node;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

public abstract class ToolInstallation implements Describable<ToolInstallation>, Serializable, ExtensionPoint {
    private static final long serialVersionUID = 1L;

    protected ToolInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {}

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public String getHome() {
        throw new UnsupportedOperationException();
    }

    public ToolInstallation translate(Node node, EnvVars envs, TaskListener listener)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    protected String translateFor(Node node, TaskListener log) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
