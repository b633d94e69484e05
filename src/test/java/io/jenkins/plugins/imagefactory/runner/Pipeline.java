package io.jenkins.plugins.imagefactory.runner;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import groovy.lang.MissingPropertyException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One run of a Jenkinsfile in a {@link LocalBuild}: dispatches its calls to the plugin's steps, the stand-ins of
 * {@link BasicSteps}, and {@link DeclarativePipeline}. When it only binds, the plugin's steps are made and not run, and
 * nothing else has an effect.
 */
public final class Pipeline {
    private final LocalBuild build;
    private final boolean bindOnly;
    private final PluginSteps pluginSteps = new PluginSteps();
    private final BasicSteps basicSteps = new BasicSteps(this);
    private final Map<String, Object> params = new LinkedHashMap<>();
    private final Deque<Scope> environment = new ArrayDeque<>();
    private final Deque<Map<Class<?>, Object>> blocks = new ArrayDeque<>(List.of(Map.of()));
    private final Deque<Path> directories = new ArrayDeque<>();
    private final CurrentBuild currentBuild = new CurrentBuild();

    private final List<String> changes;

    private Pipeline(LocalBuild build, Trigger trigger, boolean bindOnly) {
        this.build = build;
        this.bindOnly = bindOnly;
        this.changes = trigger.changes();
        params.putAll(trigger.params());
        environment.push(new Scope(null, new HashMap<>(trigger.env())));
        directories.push(build.workspace());
    }

    /**
     * Runs the Jenkinsfile.
     *
     * @param env the build's environment besides this process' own
     * @throws PipelineFailure with the reason, if it fails
     */
    public static void run(Path jenkinsfile, LocalBuild build, Map<String, String> env) {
        run(jenkinsfile, build, Trigger.with(env));
    }

    /**
     * Runs the Jenkinsfile.
     *
     * @throws PipelineFailure with the reason, if it fails
     */
    public static void run(Path jenkinsfile, LocalBuild build, Trigger trigger) {
        new Pipeline(build, trigger, false).evaluate(source(jenkinsfile));
    }

    /** Parses a Jenkinsfile's text and binds every step in it, each branch once, without running any. */
    public static void bind(String source, LocalBuild build) {
        Map<String, String> env = Map.of("BUILD_NUMBER", "1", "BUILD_URL", "http://jenkins/", "JOB_NAME", "job");
        new Pipeline(build, Trigger.with(env), true).evaluate(source);
    }

    private static String source(Path jenkinsfile) {
        try {
            return Files.readString(jenkinsfile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void evaluate(String source) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(JenkinsfileScript.class.getName());
        Binding binding = new Binding();
        binding.setVariable(JenkinsfileScript.PIPELINE, this);
        new GroovyShell(Pipeline.class.getClassLoader(), binding, configuration).evaluate(source, "Jenkinsfile");
    }

    Object call(String name, Arguments arguments) {
        if (name.equals("pipeline")) {
            new DeclarativePipeline(this).run(arguments.body());
            return null;
        }
        if (pluginSteps.names().contains(name)) {
            return runPluginStep(name, arguments);
        }
        return basicSteps.run(name, arguments);
    }

    private Object runPluginStep(String name, Arguments arguments) {
        try {
            var step = pluginSteps.bind(name, arguments);
            if (bindOnly) {
                body(arguments.body());
                return new Placeholder();
            }
            Map<Class<?>, Object> around = new HashMap<>(blocks.peek());
            around.put(TaskListener.class, listener());
            LocalStepContext context = new LocalStepContext(
                    build,
                    new FilePath(directory().toFile()),
                    environment(),
                    around,
                    owner -> new LocalBodyInvoker(owner, overrides -> inBlock(overrides, arguments.body())));
            StepExecution execution = step.start(context);
            execution.start();
            return context.end().get();
        } catch (ExecutionException e) {
            throw new PipelineFailure(e.getCause());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PipelineFailure(e);
        }
    }

    boolean bindOnly() {
        return bindOnly;
    }

    LocalBuild build() {
        return build;
    }

    List<String> changes() {
        return changes;
    }

    Map<String, Object> params() {
        return params;
    }

    CurrentBuild currentBuild() {
        return currentBuild;
    }

    /** Runs a block of steps in which calls are steps again. */
    Object body(Closure<?> block) {
        if (block == null) {
            return null;
        }
        Closure<?> copy = (Closure<?>) block.clone();
        Object owner = copy.getThisObject();
        copy.setDelegate(owner);
        copy.setResolveStrategy(Closure.DELEGATE_FIRST);
        return copy.call();
    }

    /** Runs the block of a plugin's step in a context that the step has changed. */
    private Object inBlock(Map<Class<?>, Object> overrides, Closure<?> block) {
        Map<Class<?>, Object> inner = new HashMap<>(blocks.peek());
        inner.putAll(overrides);
        blocks.push(inner);
        environment.push(new Scope((EnvironmentExpander) overrides.get(EnvironmentExpander.class), new HashMap<>()));
        try {
            return body(block);
        } finally {
            environment.pop();
            blocks.pop();
        }
    }

    Object within(Map<String, String> variables, Closure<?> block) {
        environment.push(new Scope(null, new HashMap<>(variables)));
        try {
            return body(block);
        } finally {
            environment.pop();
        }
    }

    Object inDirectory(String path, Closure<?> block) {
        directories.push(directory().resolve(path));
        try {
            return body(block);
        } finally {
            directories.pop();
        }
    }

    Path directory() {
        return directories.peek();
    }

    void setVariable(String name, String value) {
        environment.peek().variables().put(name, value);
    }

    /** The environment of steps here: the process' own, the build's, and that of the blocks around, inner over outer. */
    EnvVars environment() {
        EnvVars env = new EnvVars(System.getenv());
        env.put("WORKSPACE", build.workspace().toString());
        environment.descendingIterator().forEachRemaining(scope -> scope.enter(env));
        return env;
    }

    Object variable(String name) {
        return switch (name) {
            case "env" -> new Env();
            case "params" -> params;
            case "currentBuild" -> currentBuild;
            case "scm" -> new Placeholder();
            default -> {
                String value = environment().get(name);
                if (value == null) {
                    if (params.containsKey(name)) {
                        yield params.get(name);
                    }
                    if (bindOnly) {
                        yield new Placeholder();
                    }
                    throw new MissingPropertyException("the Jenkinsfile knows no variable '" + name + "'");
                }
                yield value;
            }
        };
    }

    /**
     * The variables of one block.
     *
     * @param expander of the plugin's step around it; null for another one
     * @param variables set by Jenkins' own steps
     */
    private record Scope(EnvironmentExpander expander, Map<String, String> variables) {
        void enter(EnvVars env) {
            if (expander != null) {
                try {
                    expander.expand(env);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    throw new PipelineFailure(e);
                }
            }
            env.putAll(variables);
        }
    }

    /** The console here, as the blocks around filter it. */
    TaskListener listener() {
        ConsoleLogFilter filter = (ConsoleLogFilter) blocks.peek().get(ConsoleLogFilter.class);
        if (filter == null) {
            return build.listener();
        }
        try {
            return new StreamTaskListener(
                    filter.decorateLogger(build.run(), build.listener().getLogger()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new PipelineFailure(e);
        }
    }

    /** The {@code env} of a Jenkinsfile. */
    private final class Env extends GroovyObjectSupport {
        @Override
        public Object getProperty(String name) {
            String value = environment().get(name);
            return value == null && bindOnly ? new Placeholder() : value;
        }

        @Override
        public void setProperty(String name, Object value) {
            setVariable(name, String.valueOf(value));
        }
    }

    /** The {@code currentBuild} of a Jenkinsfile. */
    public static final class CurrentBuild {
        private String result;
        private String displayName = "#1";
        private String description;

        public String getResult() {
            return result;
        }

        public void setResult(String result) {
            this.result = result;
        }

        public String getCurrentResult() {
            return result == null ? "SUCCESS" : result;
        }

        public String getDisplayName() {
            return displayName;
        }

        public void setDisplayName(String displayName) {
            this.displayName = displayName;
        }

        public String getDescription() {
            return description;
        }

        public void setDescription(String description) {
            this.description = description;
        }
    }
}
