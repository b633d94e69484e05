package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.jenkins.process.FollowedProgram;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramRun;
import io.jenkins.plugins.imagefactory.jenkins.result.OperationResult;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ClientEnvironment;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedImage;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedWork;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.io.Serializable;
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
        return login(build, credentialsId);
    }

    /** The same with other credentials. */
    final Session login(BuildContext build, String otherCredentialsId) throws IOException, InterruptedException {
        return build.clouds().login(choice(build, otherCredentialsId));
    }

    /** An id of credentials is no text to expand: the credentials plugin itself reads parameters, and asks whose they are. */
    final CloudChoice choice(BuildContext build) {
        return choice(build, credentialsId);
    }

    private CloudChoice choice(BuildContext build, String whichCredentials) {
        return new CloudChoice(
                build.parameters().expand(cloud), build.parameters().expand(project), whichCredentials);
    }

    /**
     * Keeps what an image that is on its way is found by: for this step, which goes on with it when Jenkins has started
     * again, and for {@link UnfinishedWork} if the build does not.
     */
    final void keep(BuildContext build, Serializable begun, String temporaryName)
            throws IOException, InterruptedException {
        build.continuity().keep(begun);
        UnfinishedWork.begun(build.run(), new UnfinishedImage(build.run(), choice(build), temporaryName));
    }

    /**
     * Runs an operation whose program finds its login to the chosen cloud in its environment; if none is chosen, without.
     *
     * @param program what logs in
     */
    final <R extends OperationResult> R loggedIn(BuildContext build, FollowedProgram program, Operation<R> operation)
            throws IOException, InterruptedException {
        if (cloud == null && project == null && credentialsId == null) {
            return operation.run(build, null);
        }
        OpenedCloud opened = build.clouds().open(choice(build));
        if (isGoingOn(build)) {
            return operation.run(build, null);
        }
        Session session = build.clouds().login(opened);
        build.console().log(program.subject(), program.title() + " logs in to " + session.place());
        session.handOverCatalog();
        ClientEnvironment client = ClientEnvironment.of(build, opened, opened.options(), false);
        try {
            return operation.run(build.loggedIn(client), client.left());
        } finally {
            if (!isGoingOn(build)) {
                client.delete(build);
            }
        }
    }

    /** A program that outlives its controller or its agent keeps the login that it was started with, and its files. */
    private static boolean isGoingOn(BuildContext build) {
        return build.continuity().kept() instanceof ProgramRun;
    }

    /** What is run {@link #loggedIn}. */
    interface Operation<R extends OperationResult> {
        /** @param clientFiles those that the program reads its login from; null if there are none */
        R run(BuildContext build, @CheckForNull LeftDirectory clientFiles) throws IOException, InterruptedException;
    }
}
