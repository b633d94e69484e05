package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.model.Run;
import java.io.IOException;
import java.io.Serializable;

/** In the context of a block: steps in it that name no cloud work in the one that the block has chosen. */
final class ChosenCloud implements CloudAccess, Serializable {
    private static final long serialVersionUID = 1L;

    private final String cloud;
    private final String project;
    private final String credentialsId;

    ChosenCloud(CloudChoice choice) {
        cloud = choice.cloud();
        project = choice.project();
        credentialsId = choice.credentialsId();
    }

    @Override
    public OpenedCloud open(Run<?, ?> run, CloudChoice choice) throws IOException, InterruptedException {
        return OpenStackClouds.get().open(run, choice.within(choice()));
    }

    @Override
    public CloudAccess choosing(CloudChoice inner) {
        return new ChosenCloud(inner.within(choice()));
    }

    private CloudChoice choice() {
        return new CloudChoice(cloud, project, credentialsId);
    }
}
