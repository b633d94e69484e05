package io.jenkins.plugins.imagefactory.jenkins.unfinished;

import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.util.function.Consumer;

/** Something that a build has on its way in a cloud: whose it is, and how it is found there. No secret. */
public abstract class Unfinished {
    private final String build;
    private final String cloud;
    private final String project;
    private final String credentialsId;

    Unfinished(Run<?, ?> build, CloudChoice choice) {
        this.build = build.getExternalizableId();
        cloud = choice.cloud();
        project = choice.project();
        credentialsId = choice.credentialsId();
    }

    final String build() {
        return build;
    }

    final CloudChoice choice() {
        return new CloudChoice(cloud, project, credentialsId);
    }

    /** What it is found by, which nothing else has. */
    abstract String mark();

    /** @param name its mark, or its id in the cloud */
    boolean isCalled(String name) {
        return mark().equals(name);
    }

    /** What lines of the console about it begin with. */
    abstract String subject();

    /** A sentence's beginning: what it is. */
    abstract String title();

    /** How people find it in the cloud. */
    abstract String found();

    /**
     * Deletes what there is of it, or lets that begin.
     *
     * @param told what was done, a sentence
     * @return whether nothing is left
     */
    abstract boolean delete(Session session, Consumer<String> told) throws OpenStackException;
}
