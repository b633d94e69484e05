package io.jenkins.plugins.imagefactory.jenkins.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Which cloud a step wants to work in.
 *
 * @param cloud name of a configured cloud; null for the only one
 * @param project name or id; null for the cloud's default project
 * @param credentialsId of credentials that take the place of the cloud's; null for the cloud's
 */
public record CloudChoice(
        @CheckForNull String cloud,
        @CheckForNull String project,
        @CheckForNull String credentialsId) {

    /** This choice, with what it leaves open taken from the one around it if both mean the same cloud. */
    public CloudChoice within(CloudChoice outer) {
        if (cloud != null && !cloud.equals(outer.cloud)) {
            return this;
        }
        return new CloudChoice(
                outer.cloud,
                project == null ? outer.project : project,
                credentialsId == null ? outer.credentialsId : credentialsId);
    }
}
