package io.jenkins.plugins.imagefactory.jenkins.node;

import hudson.model.TaskListener;
import java.io.Serializable;

/**
 * The build's console as a node writes to it.
 *
 * @param subject at the beginning of each line, in brackets
 */
public record NodeConsole(TaskListener listener, String subject) implements Serializable {

    /** What an agent prints is held back for a while unless it is flushed. */
    public void log(String line) {
        listener.getLogger().println("[" + subject + "] " + line);
        listener.getLogger().flush();
    }
}
