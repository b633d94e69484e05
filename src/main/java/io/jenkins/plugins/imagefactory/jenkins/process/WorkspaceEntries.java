package io.jenkins.plugins.imagefactory.jenkins.process;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.agents.ControllerToAgentFileCallable;

/** Lists the names of what lies in a workspace, to tell later what a program that was ended has left there. */
final class WorkspaceEntries implements ControllerToAgentFileCallable<ArrayList<String>> {
    private static final long serialVersionUID = 1L;

    static ArrayList<String> of(FilePath workspace) throws IOException, InterruptedException {
        return workspace.act(new WorkspaceEntries());
    }

    @Override
    public ArrayList<String> invoke(File directory, VirtualChannel channel) {
        String[] names = directory.list();
        return new ArrayList<>(names == null ? List.of() : Arrays.asList(names));
    }
}
