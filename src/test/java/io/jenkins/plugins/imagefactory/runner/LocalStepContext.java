package io.jenkins.plugins.imagefactory.runner;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a step of a {@link LocalBuild} finds around it; its end is the {@link #end} future. */
public final class LocalStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final transient Map<Class<?>, Object> context;
    private final transient Function<StepContext, BodyInvoker> body;
    private final transient CompletableFuture<Object> end = new CompletableFuture<>();

    /** @param directory the current one, in or below the build's workspace */
    public LocalStepContext(LocalBuild build, FilePath directory, EnvVars env) {
        this(build, directory, env, Map.of(), null);
    }

    /**
     * @param blocks what the blocks around the step have put into its context
     * @param body makes invokers of the step's own block; null for a step without one
     */
    LocalStepContext(
            LocalBuild build,
            FilePath directory,
            EnvVars env,
            Map<Class<?>, Object> blocks,
            Function<StepContext, BodyInvoker> body) {
        this.body = body;
        context = new HashMap<>(Map.of(
                Run.class,
                build.run(),
                FilePath.class,
                directory,
                Launcher.class,
                new Launcher.LocalLauncher(build.listener()),
                TaskListener.class,
                build.listener(),
                EnvVars.class,
                env,
                CloudAccess.class,
                build.clouds()));
        context.putAll(blocks);
    }

    public CompletableFuture<Object> end() {
        return end;
    }

    @Override
    public <T> T get(Class<T> key) {
        return key.cast(context.get(key));
    }

    @Override
    public void onSuccess(Object result) {
        end.complete(result);
    }

    @Override
    public void onFailure(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return Futures.immediateVoidFuture();
    }

    @Override
    public void setResult(Result result) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        return body.apply(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
