package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.imagefactory.heat.StackSource;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.parameter.SecretTexts;
import io.jenkins.plugins.imagefactory.jenkins.parameter.TextParameters;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.jenkins.stack.StackLaunching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that launches a Heat stack. */
public abstract class StackStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final int TIMEOUT = 3600;
    private static final int LONGEST_NAME = 255;

    private final String template;
    private String name;
    private Map<String, String> parameters = new LinkedHashMap<>();
    private Map<String, String> secretParameters = new LinkedHashMap<>();
    private String environment;
    private Map<String, String> files = new LinkedHashMap<>();
    private List<String> tags = new ArrayList<>();
    private int timeout = TIMEOUT;
    private boolean keepOnFailure;

    StackStep(String template) {
        this.template = Util.fixNull(template).trim();
    }

    public final String getTemplate() {
        return template;
    }

    public final String getName() {
        return name;
    }

    /** Name of the stack. Default: made of the job's name and the build's number. */
    @DataBoundSetter
    public final void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public final Map<String, String> getParameters() {
        return parameters;
    }

    /** Values of the template's parameters; lists and maps as JSON. No place for secrets. */
    @DataBoundSetter
    public final void setParameters(Object parameters) {
        this.parameters = TextParameters.of(parameters);
    }

    public final Map<String, String> getSecretParameters() {
        return secretParameters;
    }

    /** Parameters of the template to ids of 'Secret text' credentials that hold their values. */
    @DataBoundSetter
    public final void setSecretParameters(Object secretParameters) {
        this.secretParameters = TextParameters.of(secretParameters);
    }

    public final String getEnvironment() {
        return environment;
    }

    /** Environment file of the workspace. Default: none. */
    @DataBoundSetter
    public final void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public final Map<String, String> getFiles() {
        return files;
    }

    /** Files of the workspace by the names that the template has for them. Default: those that lie beside it. */
    @DataBoundSetter
    public final void setFiles(Object files) {
        this.files = TextParameters.of(files);
    }

    public final List<String> getTags() {
        return tags;
    }

    /** Tags of the stack, beside the one by which Jenkins finds it. Default: none. */
    @DataBoundSetter
    public final void setTags(List<String> tags) {
        this.tags = new ArrayList<>(Util.fixNull(tags));
    }

    public final int getTimeout() {
        return timeout;
    }

    /** Seconds until the stack must be complete. Default: 3600. */
    @DataBoundSetter
    public final void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    public final boolean isKeepOnFailure() {
        return keepOnFailure;
    }

    /** Whether a stack that fails stays, to be looked at. Default: false. */
    @DataBoundSetter
    public final void setKeepOnFailure(boolean keepOnFailure) {
        this.keepOnFailure = keepOnFailure;
    }

    /** A template of several lines is the template itself, which needs no workspace. */
    @Override
    final boolean needsNode() {
        return !new StackSource(template, environment, files, List.of()).isInline();
    }

    @Override
    final String takenFromWorkspace() {
        return template;
    }

    /** What to launch, with the variables of freestyle jobs expanded, but for ids of credentials. */
    final StackLaunching.Wish wish(BuildContext build) throws AbortException {
        StepParameters values = build.parameters();
        String wanted = values.required(template, name() + " needs 'template': a Heat template of the workspace");
        for (String parameter : secretParameters.keySet()) {
            StepParameters.require(
                    !parameters.containsKey(parameter),
                    "parameter '" + parameter
                            + "' stands in parameters and in secretParameters: leave it out of parameters");
        }
        StepParameters.require(timeout > 0, "timeout is " + timeout + ", but must be seconds, more than 0");
        List<String> given = new ArrayList<>(parameters.keySet());
        given.addAll(secretParameters.keySet());
        return new StackLaunching.Wish(
                stackName(build),
                new StackSource(wanted, values.expand(environment), TextParameters.expanded(build, files), given),
                TextParameters.expanded(build, parameters),
                SecretTexts.of(build, "secretParameters", "parameter", secretParameters),
                TextParameters.expanded(build, tags),
                Duration.ofSeconds(timeout),
                keepOnFailure);
    }

    /** Heat wants names to begin with a letter, and takes letters, digits, {@code _}, {@code -} and dots. */
    private String stackName(BuildContext build) throws AbortException {
        if (name != null) {
            String said = build.parameters().required(name, "'name' is '" + name + "', which is empty");
            StepParameters.require(
                    said.matches("[a-zA-Z][\\w.-]{0,254}"),
                    "name is '" + said + "', but Heat wants a letter first, then letters, digits, '_', '-' or '.', "
                            + LONGEST_NAME + " at most");
            return said;
        }
        String job = build.node()
                .env()
                .get("JOB_NAME", "job")
                .replaceAll("[^\\w.-]+", "-")
                .replaceFirst("^[^a-zA-Z]+", "");
        String number = "-" + build.node().env().get("BUILD_NUMBER", "0");
        String stem = job.isEmpty() ? "job" : job;
        return stem.substring(0, Math.min(stem.length(), LONGEST_NAME - number.length())) + number;
    }

    /** What the descriptors of these steps have in common. */
    public abstract static class StackDescriptor extends OperationDescriptor {
        StackDescriptor(String functionName) {
            super(functionName);
        }

        @POST
        public FormValidation doCheckTemplate(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.required(item, value);
        }

        @POST
        public FormValidation doCheckParameters(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.map(item, value);
        }

        @POST
        public FormValidation doCheckSecretParameters(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.secrets(item, value);
        }

        @POST
        public FormValidation doCheckFiles(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.map(item, value);
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.positive(item, value);
        }
    }
}
