package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.model.TaskListener;

/**
 * The console as an operation writes to it.
 *
 * @param listener hides what the operation's masking learns
 */
public record BuildConsole(TaskListener listener) {
    /** One line that starts with the name of the tool or service it speaks of. */
    public void log(String subject, String line) {
        listener.getLogger().println("[" + subject + "] " + line);
    }
}
