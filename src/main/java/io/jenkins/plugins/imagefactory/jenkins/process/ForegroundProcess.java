package io.jenkins.plugins.imagefactory.jenkins.process;

import hudson.Proc;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;

/** A program that ends with the connection to its agent; its output comes by itself. */
final class ForegroundProcess implements ProgramProcess {
    private final Proc process;

    ForegroundProcess(Proc process) {
        this.process = process;
    }

    @Override
    public Integer poll(BuildContext build, ProgramConsole console) throws IOException, InterruptedException {
        return process.isAlive() ? null : (Integer) process.join();
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public boolean lasts() {
        return false;
    }

    @Override
    public void forget(BuildNode node) {}
}
