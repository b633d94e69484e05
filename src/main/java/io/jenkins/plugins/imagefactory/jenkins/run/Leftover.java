package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import java.io.IOException;

/** What an operation has on an agent and is not to outlive it: a directory, and the programs that work in it. */
public interface Leftover extends Lasting {
    /** Of the agent, empty for the built-in one; null where Jenkins does not tell. */
    @CheckForNull
    String node();

    /** On the agent, of the operation. */
    String workspace();

    /** Its path on the agent, which no other has. */
    String directory();

    /** Subject of a sentence in Jenkins' log. */
    String title();

    /** The node, as sentences call it. */
    default String place() {
        String node = node();
        if (node == null) {
            return "its node";
        }
        return node.isEmpty() ? "the built-in node" : "agent '" + node + "'";
    }

    /** Ends what runs, and removes what lies there. */
    void remove(BuildNode onNode) throws IOException, InterruptedException;
}
