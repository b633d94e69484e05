package io.jenkins.plugins.imagefactory.jenkins.qemu;

import hudson.Proc;
import java.io.IOException;

/** Holds when the script has ended. */
public record ScriptCondition(Proc script) implements Guest.Condition {
    @Override
    public boolean holds() throws IOException, InterruptedException {
        return !script.isAlive();
    }

    @Override
    public String otherwise() {
        return "the script did not end";
    }
}
