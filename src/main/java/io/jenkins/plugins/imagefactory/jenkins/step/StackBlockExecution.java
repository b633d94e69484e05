package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import io.jenkins.plugins.imagefactory.jenkins.result.OperationResult;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedWork;
import io.jenkins.plugins.imagefactory.openstack.orchestration.StackLaunch;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Launches a stack, runs the block, and deletes the stack. The first and the last outlive a restart of the controller as the
 * operations of other steps do; what became of the block is kept while its stack is deleted.
 */
final class StackBlockExecution extends OperationExecution {
    private static final long serialVersionUID = 1L;

    private final WithHeatStackStep step;
    private volatile HeatStackDeleteStep deletion;
    private volatile String ifItStays;
    private volatile BodyExecution body;
    private volatile boolean left;
    private volatile Object result;
    private volatile Throwable failure;
    private transient Throwable abortedBetween;

    StackBlockExecution(StepContext context, WithHeatStackStep step) {
        super(context, step);
        this.step = step;
    }

    @Override
    public void onResume() {
        if (deletion == null || left) {
            super.onResume();
        }
    }

    @Override
    public void stop(Throwable cause) {
        BodyExecution block;
        synchronized (this) {
            block = body;
            if (block == null || left) {
                super.stop(cause);
                return;
            }
        }
        block.cancel(cause);
    }

    /** The stack is there, and its block about to begin: that is aborted then. */
    @Override
    synchronized void stopBetween(Throwable cause) {
        abortedBetween = cause;
    }

    @Override
    void concluded(@CheckForNull OperationResult operation, @CheckForNull Throwable failed) {
        if (operation instanceof LaunchedStack launched) {
            deletion = step.deletion(launched.id());
            ifItStays = StackLaunch.stays(launched.name(), launched.id());
            if (failed == null) {
                enter(launched);
            } else {
                // It was aborted just when the stack was complete.
                blockEnded(null, failed);
            }
        } else if (left) {
            leave(failed);
        } else {
            super.concluded(operation, failed);
        }
    }

    private void enter(LaunchedStack launched) {
        try {
            BodyExecution block = getContext()
                    .newBodyInvoker()
                    .withContext(EnvironmentExpander.merge(
                            getContext().get(EnvironmentExpander.class),
                            EnvironmentExpander.constant(launched.environment())))
                    .withCallback(new Block(this))
                    .start();
            Throwable aborted;
            synchronized (this) {
                body = block;
                aborted = abortedBetween;
            }
            if (aborted != null) {
                block.cancel(aborted);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            // Whatever it is, the stack is there, and is to go.
            blockEnded(null, e);
        }
    }

    private void blockEnded(@CheckForNull Object blockResult, @CheckForNull Throwable blockFailure) {
        result = blockResult;
        failure = blockFailure;
        left = true;
        if (step.isKeepOnFailure() && blockFailure != null && !(blockFailure instanceof InterruptedException)) {
            UnfinishedWork.ended(deletion.getStack());
            say(ifItStays);
            getContext().onFailure(blockFailure);
        } else {
            goOnWith(deletion);
        }
    }

    /** What failed in the block comes before what failed when the stack was deleted. */
    private void leave(@CheckForNull Throwable failed) {
        if (failure != null) {
            if (failed != null) {
                say(String.valueOf(failed.getMessage()));
                failure.addSuppressed(failed);
            }
            getContext().onFailure(failure);
        } else if (failed != null) {
            getContext().onFailure(failed);
        } else {
            endWith(result);
        }
    }

    private static final class Block extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final StackBlockExecution execution;

        Block(StackBlockExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.blockEnded(result, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            execution.blockEnded(null, failure);
        }
    }
}
