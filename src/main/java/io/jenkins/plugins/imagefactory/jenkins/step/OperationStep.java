package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.boundary.OperationBoundary;
import io.jenkins.plugins.imagefactory.jenkins.result.OperationResult;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.LostAgentException;
import java.beans.Introspector;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step of this plugin: the parameters, and the one operation that a Pipeline step and a freestyle build step run with
 * them.
 */
public abstract class OperationStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int BEGINNINGS_AGAIN = 3;

    /** Runs the operation, which can be interrupted and repeated. */
    protected abstract OperationResult run(BuildContext build) throws IOException, InterruptedException;

    /**
     * Runs the operation; what users can mend ends it with one sentence instead of a stack trace. Nothing of it is secret.
     *
     * @throws LostAgentException if its agent was lost
     */
    public final OperationResult perform(BuildContext build) throws IOException, InterruptedException {
        return new OperationBoundary(build, name(), needsNode())
                .pass(
                        () -> {
                            requireWorkspace(build);
                            return run(build);
                        },
                        () -> undone(build.continuity().kept()));
    }

    private void requireWorkspace(BuildContext build) throws IOException, InterruptedException {
        if (needsWorkspace() && !build.node().workspace().exists()) {
            String wanted = build.parameters().expand(takenFromWorkspace());
            throw new AbortException((wanted == null ? "" : "there is no '" + wanted + "': ") + "the directory "
                    + build.node().workspace().getRemote() + " does not exist on "
                    + build.node().title() + ", and "
                    + name() + " needs the files of a workspace, such as a checkout");
        }
    }

    /** The parameter that names what it takes from the workspace; null if there is none. */
    @CheckForNull
    String takenFromWorkspace() {
        return null;
    }

    /**
     * What an operation that was aborted has taken back.
     *
     * @param kept what it kept last; may be null
     * @return null if that is not worth a word
     */
    @CheckForNull
    String undone(@CheckForNull Serializable kept) {
        return null;
    }

    /** Whether the operation works in a workspace, as its descriptor tells, too. */
    boolean needsNode() {
        return true;
    }

    /** Whether the workspace must be there before. */
    boolean needsWorkspace() {
        return needsNode();
    }

    /** How often the operation begins again when its agent was lost in the middle and came back. */
    int beginningsAgain() {
        return BEGINNINGS_AGAIN;
    }

    /**
     * Whether it can begin again after its agent was lost.
     *
     * @param kept what it kept last; may be null
     */
    boolean canBeginAgain(@CheckForNull Serializable kept) {
        return true;
    }

    /** As a Pipeline calls the step, which its class is named after. */
    final String name() {
        return Introspector.decapitalize(getClass().getSimpleName().replaceFirst("Step$", ""));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new OperationExecution(context, this);
    }
}
