package io.jenkins.plugins.imagefactory.jenkins;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import groovy.util.DelegatingScript;
import hudson.model.AbstractItem;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.apache.commons.lang3.ClassUtils;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.jenkinsci.plugins.structs.describable.ArrayType;
import org.jenkinsci.plugins.structs.describable.AtomicType;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.HeterogeneousObjectType;
import org.jenkinsci.plugins.structs.describable.HomogeneousObjectType;
import org.jenkinsci.plugins.structs.describable.ParameterType;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * Runs the scripts of Job DSL as far as its dynamic API goes, in place of the plugin: a method is the class of a
 * describable or one of the parameters that its model in a real Jenkins has, and takes only what Job DSL takes.
 *
 * @see <a href="https://github.com/jenkinsci/job-dsl-plugin/blob/master/docs/Dynamic-DSL.md">Job DSL: dynamic DSL</a>
 */
final class JobDslScript {
    private JobDslScript() {}

    /** Creates the jobs of a script. */
    static void run(String script) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(DelegatingScript.class.getName());
        DelegatingScript parsed =
                (DelegatingScript) new GroovyShell(JobDslScript.class.getClassLoader(), configuration).parse(script);
        parsed.setDelegate(new Jobs());
        parsed.run();
    }

    private static void runIn(Object context, Closure<?> closure) {
        closure.setDelegate(context);
        closure.setResolveStrategy(Closure.DELEGATE_FIRST);
        closure.call();
    }

    /** What stands at the top of a script. */
    public static final class Jobs {
        public void freeStyleJob(String name, Closure<?> closure) throws IOException {
            FreeStyleProject job = Jenkins.get().createProject(FreeStyleProject.class, name);
            runIn(new FreeStyleJob(job), closure);
            job.save();
        }

        public void pipelineJob(String name, Closure<?> closure) throws IOException {
            WorkflowJob job = Jenkins.get().createProject(WorkflowJob.class, name);
            runIn(new PipelineJob(job), closure);
            job.save();
        }
    }

    /** What every job has. */
    public static class DescribedJob {
        private final AbstractItem job;

        DescribedJob(AbstractItem job) {
            this.job = job;
        }

        public void description(String text) throws IOException {
            job.setDescription(text);
        }
    }

    public static final class FreeStyleJob extends DescribedJob {
        private final FreeStyleProject job;

        FreeStyleJob(FreeStyleProject job) {
            super(job);
            this.job = job;
        }

        public void steps(Closure<?> closure) {
            runIn(new BuildSteps(job), closure);
        }
    }

    public static final class PipelineJob extends DescribedJob {
        private final WorkflowJob job;
        private String script;
        private boolean sandbox;

        PipelineJob(WorkflowJob job) {
            super(job);
            this.job = job;
        }

        public void definition(Closure<?> closure) {
            runIn(this, closure);
        }

        public void cps(Closure<?> closure) throws Descriptor.FormException {
            runIn(this, closure);
            job.setDefinition(new CpsFlowDefinition(script, sandbox));
        }

        public void script(String text) {
            script = text;
        }

        public void sandbox() {
            sandbox = true;
        }
    }

    /** Each method is the class of a build step. */
    public static final class BuildSteps extends GroovyObjectSupport {
        private final FreeStyleProject job;

        BuildSteps(FreeStyleProject job) {
            this.job = job;
        }

        @Override
        public Object invokeMethod(String name, Object arguments) {
            Parameters parameters = new Parameters(new DescribableModel<>(builder(name)));
            runIn(parameters, (Closure<?>) ((Object[]) arguments)[0]);
            try {
                job.getBuildersList().add((Builder) parameters.instance());
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Class<? extends Builder> builder(String name) {
            return Jenkins.get().getDescriptorList(Builder.class).stream()
                    .map(descriptor -> descriptor.clazz)
                    .filter(type ->
                            name.equals(type.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT)
                                    + type.getSimpleName().substring(1)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no build step " + name));
        }
    }

    /** Each method is a parameter of a describable. */
    public static final class Parameters extends GroovyObjectSupport {
        private final DescribableModel<?> model;
        private final Map<String, Object> values = new LinkedHashMap<>();

        Parameters(DescribableModel<?> model) {
            this.model = model;
        }

        @Override
        public Object invokeMethod(String name, Object arguments) {
            DescribableParameter parameter = model.getParameter(name);
            if (parameter == null) {
                throw new IllegalArgumentException(model.getType().getSimpleName() + " has no parameter " + name);
            }
            Object value = ((Object[]) arguments)[0];
            if (value instanceof Closure<?> closure && parameter.getType() instanceof HomogeneousObjectType nested) {
                Parameters inner = new Parameters(nested.getSchemaType());
                runIn(inner, closure);
                values.put(name, inner.instance());
                return null;
            }
            if (!takes(parameter.getType(), value)) {
                throw new IllegalArgumentException(
                        "Job DSL takes no " + value.getClass().getSimpleName() + " for " + name);
            }
            values.put(name, value);
            return null;
        }

        private static boolean takes(ParameterType type, Object value) {
            if (type instanceof ArrayType array) {
                return value instanceof List<?> list && list.stream().allMatch(it -> takes(array.getElementType(), it));
            }
            if (type instanceof AtomicType atomic) {
                return ClassUtils.isAssignable(value.getClass(), atomic.getType(), true);
            }
            return type instanceof HeterogeneousObjectType && type.getActualType() == Object.class;
        }

        /** Job DSL sets lists that nobody has set, to empty ones. */
        Object instance() {
            Set<String> missing = new LinkedHashSet<>();
            for (DescribableParameter parameter : model.getParameters()) {
                if (parameter.getType() instanceof ArrayType) {
                    values.putIfAbsent(parameter.getName(), new ArrayList<>());
                }
                if (parameter.isRequired() && !values.containsKey(parameter.getName())) {
                    missing.add(parameter.getName());
                }
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("required, but not set: " + missing);
            }
            try {
                return model.instantiate(values, null);
            } catch (Exception e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
