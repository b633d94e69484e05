package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.Util;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.openstack.Session;
import java.io.IOException;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that works in a project of an OpenStack cloud. */
public abstract class CloudOperationStep extends OperationStep {
    private static final long serialVersionUID = 1L;

    private String cloud;
    private String project;

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

    /** A session in that project, with the credentials that the build's scope holds. */
    final Session login(BuildContext build) throws IOException {
        return build.clouds().login(build.run(), build.expand(cloud), build.expand(project));
    }
}
