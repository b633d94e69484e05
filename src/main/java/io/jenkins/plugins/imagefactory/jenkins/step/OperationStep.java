package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.heat.RenderException;
import io.jenkins.plugins.imagefactory.image.UnusableImageException;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ControllerStops;
import io.jenkins.plugins.imagefactory.openstack.OpenStackException;
import io.jenkins.plugins.imagefactory.workspace.UnusablePathException;
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

    /** Runs the operation, which can be interrupted and repeated, and returns plain maps, lists, strings and numbers. */
    protected abstract Object run(BuildContext build) throws IOException, InterruptedException;

    /** Runs the operation; what users can mend ends it with one sentence instead of a stack trace. Nothing of it is secret. */
    public final Object perform(BuildContext build) throws IOException, InterruptedException {
        try {
            return build.masking().data(run(build));
        } catch (OpenStackException | UnusableImageException | UnusablePathException | RenderException e) {
            for (Throwable also : e.getSuppressed()) {
                build.listener().error(also.getMessage());
            }
            throw build.masking().failure((AbortException) new AbortException(e.getMessage()).initCause(e));
        } catch (IOException e) {
            throw build.masking().failure(e);
        } catch (InterruptedException e) {
            throw build.masking().failure(e);
        } catch (ControllerStops e) {
            throw e;
        } catch (RuntimeException e) {
            throw build.masking().failure(e);
        } finally {
            build.masking().end();
        }
    }

    /** Whether the operation works in a workspace. */
    final boolean needsNode() {
        return getDescriptor().getRequiredContext().contains(FilePath.class);
    }

    @Override
    public final StepExecution start(StepContext context) {
        return new OperationExecution(context, this);
    }
}
