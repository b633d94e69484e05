package io.jenkins.plugins.imagefactory.jenkins.node;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;

/**
 * Where an operation runs.
 *
 * @param workspace the current directory on the node; null for an operation that needs none
 * @param launcher starts processes there; null for an operation that needs none
 * @param env what they find in their environment
 */
public record BuildNode(FilePath workspace, Launcher launcher, EnvVars env) {
    /** As errors call it. */
    public String title() {
        String name = env.get("NODE_NAME");
        return name == null ? "the agent" : name.equals("built-in") ? "the built-in node" : "agent '" + name + "'";
    }

    /** The same with another environment. */
    public BuildNode with(EnvVars other) {
        return new BuildNode(workspace, launcher, other);
    }
}
