package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.model.Run;
import io.jenkins.plugins.imagefactory.openstack.Session;
import java.io.IOException;

/** Logs builds in to clouds. On the controller only: it reads the credentials. */
@FunctionalInterface
public interface CloudAccess {
    /**
     * A session for the build.
     *
     * @param cloud name of a configured cloud; null for the only one
     * @param project name or id; null for the cloud's default project
     * @throws hudson.AbortException if there is no such cloud, or no such credentials in the build's scope
     */
    Session login(Run<?, ?> run, String cloud, String project) throws IOException;
}
