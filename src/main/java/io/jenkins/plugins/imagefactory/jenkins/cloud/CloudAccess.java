package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.model.Run;
import java.io.IOException;

/** Opens clouds to builds. On the controller only: it reads the credentials. */
@FunctionalInterface
public interface CloudAccess {
    /**
     * The cloud, with the credentials that the build's scope holds. Does not talk to it yet.
     *
     * @throws hudson.AbortException if there is no such cloud, or no such credentials in the build's scope
     */
    OpenedCloud open(Run<?, ?> run, CloudChoice choice) throws IOException, InterruptedException;

    /** Access for a block of steps, where {@code choice} stands for what a step leaves open. */
    default CloudAccess choosing(CloudChoice choice) {
        return new ChosenCloud(choice);
    }
}
