package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.Checkpoint;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * Runs a step's operation on a thread of its own. An abort interrupts it and waits until it has cleaned up behind
 * itself; after a restart of the controller it runs again.
 */
final class OperationExecution extends StepExecution implements Checkpoint {
    private static final long serialVersionUID = 1L;

    private final OperationStep step;
    private volatile String checkpoint;
    private transient Thread thread;
    private transient Throwable abortCause;

    OperationExecution(StepContext context, OperationStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
    }

    @Override
    public synchronized void stop(Throwable cause) {
        if (thread == null) {
            getContext().onFailure(cause);
        } else {
            abortCause = cause;
            thread.interrupt();
        }
    }

    @Override
    public String last() {
        return checkpoint;
    }

    @Override
    public void set(String value) throws IOException, InterruptedException {
        checkpoint = value;
        try {
            getContext().saveState().get();
        } catch (ExecutionException e) {
            throw new IOException("the state of the Pipeline cannot be saved", e);
        }
    }

    private synchronized void begin() {
        Authentication authentication = Jenkins.getAuthentication2();
        thread = new Thread(() -> perform(authentication), step.getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    private void perform(Authentication authentication) {
        Object result = null;
        Throwable failure = null;
        ACLContext impersonation = ACL.as2(authentication);
        try (impersonation) {
            result = step.perform(BuildContext.of(getContext(), this));
        } catch (Throwable e) {
            failure = e;
        }
        end(result, failure);
    }

    private synchronized void end(Object result, Throwable failure) {
        thread = null;
        if (abortCause != null) {
            if (failure != null) {
                abortCause.addSuppressed(failure);
            }
            getContext().onFailure(abortCause);
        } else if (failure != null) {
            getContext().onFailure(failure);
        } else {
            getContext().onSuccess(result);
        }
    }
}
