package io.jenkins.plugins.imagefactory.runner;

import hudson.console.ConsoleLogFilter;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs the block of a step at once, on the thread of its step. */
final class LocalBodyInvoker extends BodyInvoker {
    private static final List<Class<?>> KEYS =
            List.of(EnvironmentExpander.class, ConsoleLogFilter.class, CloudAccess.class);

    private final StepContext context;
    private final Body body;
    private final Map<Class<?>, Object> overrides = new LinkedHashMap<>();
    private BodyExecutionCallback callback;

    /** The steps of the block, in a context that the step has changed. */
    @FunctionalInterface
    interface Body {
        Object run(Map<Class<?>, Object> overrides);
    }

    LocalBodyInvoker(StepContext context, Body body) {
        this.context = context;
        this.body = body;
    }

    @Override
    public BodyInvoker withContext(Object override) {
        KEYS.stream().filter(key -> key.isInstance(override)).forEach(key -> overrides.put(key, override));
        return this;
    }

    @Override
    public BodyInvoker withDisplayName(String name) {
        return this;
    }

    @Override
    public BodyInvoker withCallback(BodyExecutionCallback callback) {
        this.callback = callback;
        return this;
    }

    @Override
    public BodyExecution start() {
        Object result;
        try {
            result = body.run(overrides);
        } catch (PipelineFailure e) {
            callback.onFailure(context, e.getCause() == null ? e : e.getCause());
            return null;
        }
        callback.onSuccess(context, result);
        return null;
    }
}
