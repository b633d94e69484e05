package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import groovy.util.DelegatingScript;
import hudson.model.AbstractItem;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.DiskImageBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlancePruneBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceShareBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUpdateBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUploadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatRenderBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatStackBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.DiskImageBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlancePruneStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceShareStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUpdateStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Scripts of Job DSL, by the rules of its dynamic API and the models that a real Jenkins has of the plugin's classes. */
@WithJenkins
class JobDslJenkinsTest {
    private static final Path EXAMPLE = Path.of("docs/examples/jobdsl/factory.groovy");

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private FreeStyleProject freestyle(String name) {
        return jenkins.jenkins.getItemByFullName(name, FreeStyleProject.class);
    }

    @Test
    void theExampleMakesAFreestyleJobThatItsFormKeeps() throws Exception {
        JobDslScript.run(Files.readString(EXAMPLE));

        FreeStyleProject job = freestyle("debian-image");
        assertExample(job);
        jenkins.configRoundtrip(job);
        assertExample(job);
    }

    private static void assertExample(FreeStyleProject job) {
        PackerBuildStep packer = new PackerBuildStep("images/debian/image.json");
        packer.setVarFiles(List.of("images/debian/vars.json"));
        packer.setParallelBuilds(1);
        GlanceUploadStep upload = new GlanceUploadStep("output/*.qcow2");
        upload.setName("debian-${BUILD_NUMBER}");
        upload.setCloud("mycloud");
        upload.setProject("factory");
        upload.setMinDisk(4);
        upload.setTags(List.of("debian", "nightly"));
        upload.setIfExists("replace");
        GlanceShareStep share = new GlanceShareStep("${IMAGE_ID}", List.of("dev", "prod"));
        share.setCloud("mycloud");
        share.setProject("factory");
        GlancePruneStep prune = new GlancePruneStep();
        prune.setTag("nightly");
        prune.setKeep(7);
        prune.setCloud("mycloud");
        prune.setProject("factory");
        HeatRenderStep render = new HeatRenderStep("images/debian/stack.yaml.j2");
        render.setVarsFiles(List.of("images/debian/build-vars.yml"));
        render.setOutput("target");
        HeatStackStep stack = new HeatStackStep("target/stack.yaml");
        stack.setName("debian-test");
        stack.setIfExists("replace");
        stack.setTags(List.of("nightly"));
        stack.setCloud("mycloud");
        stack.setProject("factory");
        assertThat(job.getBuildersList())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new PackerBuildBuilder(packer),
                        new GlanceUploadBuilder(upload),
                        new GlanceShareBuilder(share),
                        new GlancePruneBuilder(prune),
                        new HeatRenderBuilder(render),
                        new HeatStackBuilder(stack));
    }

    @Test
    void theExampleMakesAPipelineOfStepsThatThereAre(@TempDir Path directory) throws Exception {
        JobDslScript.run(Files.readString(EXAMPLE));

        CpsFlowDefinition pipeline = (CpsFlowDefinition) jenkins.jenkins
                .getItemByFullName("debian-image-pipeline", WorkflowJob.class)
                .getDefinition();
        assertThat(pipeline.isSandbox()).isTrue();
        Pipeline.bind(
                pipeline.getScript(),
                LocalBuild.in(directory, directory, OutputStream.nullOutputStream(), (run, choice) -> {
                    throw new AssertionError("nothing is run");
                }));
    }

    @Test
    void listsThatAScriptLeavesOutKeepTheirDefaults() {
        JobDslScript.run("""
                freeStyleJob('defaults') {
                    steps {
                        diskImageBuildBuilder { step { elements(['vm', 'debian-minimal']) } }
                        glanceUpdateBuilder { step { image('my image') } }
                    }
                }
                """);

        assertThat(freestyle("defaults").getBuildersList())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new DiskImageBuildBuilder(new DiskImageBuildStep(List.of("vm", "debian-minimal"))),
                        new GlanceUpdateBuilder(new GlanceUpdateStep("my image")));
    }

    @Test
    void whatThePluginDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> JobDslScript.run("freeStyleJob('a') { steps { packerBuilder { } } }"))
                .hasMessageContaining("no build step packerBuilder");
        assertThatThrownBy(() -> JobDslScript.run(
                        "freeStyleJob('b') { steps { glancePruneBuilder { step { visibility('x') } } } }"))
                .hasMessageContaining("GlancePruneStep has no parameter visibility");
        assertThatThrownBy(() -> JobDslScript.run("freeStyleJob('c') { steps { glanceUploadBuilder { step { } } } }"))
                .hasMessageContaining("not set: [file]");
    }

    @Test
    void mapsAreTakenAsTheyAreInPipelines() {
        JobDslScript.run("""
                freeStyleJob('maps') {
                    steps { packerBuildBuilder { step { template('image.json'); vars([version: '12']) } } }
                }
                """);

        PackerBuildStep packer = new PackerBuildStep("image.json");
        packer.setVars(Map.of("version", "12"));
        assertThat(freestyle("maps").getBuildersList())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new PackerBuildBuilder(packer));
    }

    /**
     * Runs the scripts of Job DSL as far as its dynamic API goes, in place of the plugin: a method is the class of a
     * describable or one of the parameters that its model in a real Jenkins has, and takes only what Job DSL takes.
     *
     * @see <a href="https://github.com/jenkinsci/job-dsl-plugin/blob/master/docs/Dynamic-DSL.md">Job DSL: dynamic DSL</a>
     */
    private static final class JobDslScript {
        private JobDslScript() {}

        /** Creates the jobs of a script. */
        static void run(String script) {
            CompilerConfiguration configuration = new CompilerConfiguration();
            configuration.setScriptBaseClass(DelegatingScript.class.getName());
            DelegatingScript parsed = (DelegatingScript)
                    new GroovyShell(JobDslScript.class.getClassLoader(), configuration).parse(script);
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
                job.getBuildersList().add((Builder) parameters.instance());
                return null;
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
                if (value instanceof Closure<?> closure
                        && parameter.getType() instanceof HomogeneousObjectType nested) {
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
                    return value instanceof List<?> list
                            && list.stream().allMatch(it -> takes(array.getElementType(), it));
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
}
