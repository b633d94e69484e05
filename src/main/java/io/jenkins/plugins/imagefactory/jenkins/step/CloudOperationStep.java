package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.Util;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.openstack.Session;
import java.io.IOException;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that works in a project of an OpenStack cloud. */
public abstract class CloudOperationStep extends OperationStep {
    private static final long serialVersionUID = 1L;

    private String cloud;
    private String project;
    private String credentialsId;

    public final String getCloud() {
        return cloud;
    }

    /** Name of a configured cloud. Default: the only one. */
    @DataBoundSetter
    public final void setCloud(String cloud) {
        this.cloud = Util.fixEmptyAndTrim(cloud);
    }

    public final String getProject() {
        return project;
    }

    /** Project that owns the image, by name or id. Default: the cloud's. */
    @DataBoundSetter
    public final void setProject(String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    public final String getCredentialsId() {
        return credentialsId;
    }

    /** Id of the credentials to use in place of the cloud's, such as those of the job's folder. Default: the cloud's. */
    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** A session in that project, with the credentials that the build's scope holds. */
    final Session login(BuildContext build) throws IOException, InterruptedException {
        return login(build, build.expand(credentialsId));
    }

    /** The same with other credentials. */
    final Session login(BuildContext build, String otherCredentialsId) throws IOException, InterruptedException {
        return build.open(new CloudChoice(build.expand(cloud), build.expand(project), otherCredentialsId))
                .login();
    }

    /** The cloud itself, for clients that log in by themselves. */
    final OpenedCloud openCloud(BuildContext build) throws IOException, InterruptedException {
        return build.open(new CloudChoice(build.expand(cloud), build.expand(project), build.expand(credentialsId)));
    }
}
