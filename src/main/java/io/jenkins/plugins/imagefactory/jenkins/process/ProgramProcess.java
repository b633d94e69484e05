package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;

/** A program that runs on an agent. */
interface ProgramProcess {
    /**
     * Passes on what it printed since the last call.
     *
     * @return the exit code, or null while it runs
     */
    @CheckForNull
    Integer poll(BuildContext build, ProgramConsole console) throws IOException, InterruptedException;

    /** How many bytes of its output have been passed on; where only the process itself knows, 0. */
    long position();

    /** Whether it goes on when the connection to the agent or the controller is lost. */
    boolean lasts();

    /** Removes what Jenkins holds of it. */
    void forget(BuildNode node) throws IOException, InterruptedException;
}
