package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import io.jenkins.plugins.imagefactory.jenkins.result.OperationResult;
import io.jenkins.plugins.imagefactory.jenkins.result.PipelineShape;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.Continuity;
import io.jenkins.plugins.imagefactory.jenkins.run.ControllerStops;
import io.jenkins.plugins.imagefactory.jenkins.run.Lasting;
import io.jenkins.plugins.imagefactory.jenkins.run.LostAgentException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * Runs a step's operation on a thread of its own. An abort interrupts it and waits until it has cleaned up behind
 * itself; after a restart of the controller, and when a lost agent is back, it runs again, with what it kept.
 */
class OperationExecution extends StepExecution implements Continuity {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(OperationExecution.class.getName());
    private static final long MILLIS_BETWEEN_ATTEMPTS = 1000;

    private volatile OperationStep step;
    private volatile Serializable kept;
    private transient Thread thread;
    private transient Throwable abortCause;
    private transient Jenkins controller;
    private transient Masking masking;

    OperationExecution(StepContext context, OperationStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() {
        begin(false);
        return false;
    }

    @Override
    public void onResume() {
        begin(true);
    }

    @Override
    public synchronized void stop(Throwable cause) {
        if (thread == null) {
            stopBetween(cause);
        } else {
            abortCause = cause;
            thread.interrupt();
        }
    }

    /** Aborts it while no operation runs. */
    void stopBetween(Throwable cause) {
        getContext().onFailure(cause);
    }

    private synchronized void begin(boolean again) {
        Authentication authentication = Jenkins.getAuthentication2();
        controller = Jenkins.getInstanceOrNull();
        thread =
                new Thread(() -> perform(authentication, again), step.getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    private void perform(Authentication authentication, boolean again) {
        OperationResult result = null;
        Throwable failure = null;
        ACLContext impersonation = ACL.as2(authentication);
        try (impersonation) {
            result = untilTheAgentStays(again ? awaitAgent() : surroundings());
        } catch (ControllerStops e) {
            return;
        } catch (Throwable e) {
            failure = e;
        }
        if (controllerStops()) {
            return;
        }
        end(result, failure);
    }

    /** An operation that lost its agent leaves nothing half made, and begins again when the agent is back. */
    private OperationResult untilTheAgentStays(BuildContext build) throws IOException, InterruptedException {
        for (int beginnings = 0; ; beginnings++) {
            try {
                return step.perform(build);
            } catch (LostAgentException e) {
                checkController();
                if (beginnings == step.beginningsAgain() || !step.canBeginAgain(kept)) {
                    abandon();
                    build.record().failed(step.name(), e.getMessage());
                    throw e;
                }
                build.console().log(step.name(), e.getMessage() + ": waiting for it to come back");
                build = awaitAgent();
                build.console().log(step.name(), "The agent is back: " + step.name() + " begins again");
            }
        }
    }

    private BuildContext surroundings() throws IOException, InterruptedException {
        return BuildContext.of(getContext(), this, masking(), step.needsNode());
    }

    /** What is masked stays masked when the agent was lost and came back. */
    private Masking masking() throws IOException, InterruptedException {
        if (masking == null) {
            masking = new Masking(getContext().get(ConsoleLogFilter.class));
        }
        return masking;
    }

    private void end(OperationResult result, Throwable failure) {
        Throwable ending = failure;
        synchronized (this) {
            thread = null;
            if (abortCause != null) {
                if (failure != null && !(failure instanceof InterruptedException)) {
                    abortCause.addSuppressed(failure);
                }
                ending = abortCause;
            }
        }
        concluded(result, ending);
    }

    /**
     * The operation has ended, of itself or aborted.
     *
     * @param result null if it failed
     */
    void concluded(@CheckForNull OperationResult result, @CheckForNull Throwable failure) {
        if (failure != null) {
            getContext().onFailure(failure);
        } else {
            getContext().onSuccess(PipelineShape.of(Objects.requireNonNull(result, "it has not failed")));
        }
    }

    /** Ends a block, whose value is its body's. */
    final void endWith(Object ofBody) {
        getContext().onSuccess(ofBody);
    }

    /** Runs another operation behind that which has ended. */
    final void goOnWith(OperationStep next) {
        step = next;
        kept = null;
        synchronized (this) {
            abortCause = null;
        }
        begin(true);
    }

    @Override
    public Serializable kept() {
        return kept;
    }

    @Override
    public void keep(Serializable state) throws IOException, InterruptedException {
        kept = state;
        try {
            getContext().saveState().get();
        } catch (ExecutionException e) {
            throw new IOException("the state of the Pipeline cannot be saved", e);
        }
    }

    @Override
    public boolean lasts() {
        return controller != null;
    }

    @Override
    public void checkController() {
        if (controllerStops()) {
            throw new ControllerStops();
        }
    }

    private boolean controllerStops() {
        return controller != null && (controller.isTerminating() || processEnds());
    }

    /** Jenkins' web server closes the connections of agents before Jenkins itself knows that its process ends. */
    private static boolean processEnds() {
        Thread never = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(never);
            Runtime.getRuntime().removeShutdownHook(never);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Jenkins itself ends the block of a node that was removed, so there is no time limit here. */
    @Override
    public BuildContext awaitAgent() throws InterruptedException {
        try {
            while (true) {
                checkController();
                BuildContext build = withAgent();
                if (build != null) {
                    return build;
                }
                Thread.sleep(MILLIS_BETWEEN_ATTEMPTS);
            }
        } catch (InterruptedException e) {
            abandon();
            throw e;
        }
    }

    /** Null if the agent is not there yet. */
    private BuildContext withAgent() throws InterruptedException {
        try {
            return isAgentThere() ? surroundings() : null;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the agent is not there yet", e);
            return null;
        }
    }

    /** Asks the agent itself: Jenkins complains in the console if it is to make a launcher for one that is away. */
    private boolean isAgentThere() throws IOException, InterruptedException {
        if (!step.needsNode()) {
            return true;
        }
        FilePath workspace = getContext().get(FilePath.class);
        return workspace != null && (workspace.exists() || !step.needsWorkspace());
    }

    private void abandon() {
        String told = kept instanceof Lasting lasting ? lasting.abandoned() : null;
        if (told != null) {
            say(told);
        }
    }

    final void say(String line) {
        try {
            PrintStream console = getContext().get(TaskListener.class).getLogger();
            console.println("[" + step.name() + "] " + masking().text(line));
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.INFO, e, () -> line);
        }
    }
}
