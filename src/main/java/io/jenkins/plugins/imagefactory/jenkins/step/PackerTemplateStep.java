package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.packer.PackerInstallation;
import io.jenkins.plugins.imagefactory.jenkins.packer.PackerTemplate;
import io.jenkins.plugins.imagefactory.jenkins.parameter.TextParameters;
import io.jenkins.plugins.imagefactory.jenkins.process.FollowedProgram;
import io.jenkins.plugins.imagefactory.jenkins.result.OperationResult;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that has Packer read a template. */
public abstract class PackerTemplateStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;

    private final String template;
    private String packer;
    private Map<String, String> vars = new LinkedHashMap<>();
    private Map<String, String> secretVars = new LinkedHashMap<>();
    private List<String> varFiles = new ArrayList<>();
    private List<String> only = new ArrayList<>();
    private List<String> except = new ArrayList<>();

    PackerTemplateStep(String template) {
        this.template = Util.fixNull(template).trim();
    }

    public final String getTemplate() {
        return template;
    }

    public final String getPacker() {
        return packer;
    }

    /** Name of a Packer of Manage Jenkins → Tools. Default: the one on the PATH. */
    @DataBoundSetter
    public final void setPacker(String packer) {
        this.packer = Util.fixEmptyAndTrim(packer);
    }

    public final Map<String, String> getVars() {
        return vars;
    }

    /** Values of the template's variables, over all variable files. No place for secrets. */
    @DataBoundSetter
    public final void setVars(Object vars) {
        this.vars = TextParameters.of(vars);
    }

    public final Map<String, String> getSecretVars() {
        return secretVars;
    }

    /** Variables of the template to ids of 'Secret text' credentials that hold their values. */
    @DataBoundSetter
    public final void setSecretVars(Object secretVars) {
        this.secretVars = TextParameters.of(secretVars);
    }

    public final List<String> getVarFiles() {
        return varFiles;
    }

    /** Variable files of the workspace, later ones over earlier ones. */
    @DataBoundSetter
    public final void setVarFiles(List<String> varFiles) {
        this.varFiles = new ArrayList<>(Util.fixNull(varFiles));
    }

    public final List<String> getOnly() {
        return only;
    }

    /** The builds to run. Default: all. */
    @DataBoundSetter
    public final void setOnly(List<String> only) {
        this.only = new ArrayList<>(Util.fixNull(only));
    }

    public final List<String> getExcept() {
        return except;
    }

    /** The builds to leave out. Default: none. */
    @DataBoundSetter
    public final void setExcept(List<String> except) {
        this.except = new ArrayList<>(Util.fixNull(except));
    }

    @Override
    final String takenFromWorkspace() {
        return template;
    }

    /** In the chosen cloud, if one is chosen, Packer's openstack builder is logged in: it wants that even to be validated. */
    @Override
    protected final OperationResult run(BuildContext build) throws IOException, InterruptedException {
        return loggedIn(build, FollowedProgram.PACKER, this::runPacker);
    }

    abstract OperationResult runPacker(BuildContext build, @CheckForNull LeftDirectory clientFiles)
            throws IOException, InterruptedException;

    /** What Packer reads, with the variables of freestyle jobs expanded, but for ids of credentials. */
    final PackerTemplate.Parameters parameters(BuildContext build) throws AbortException {
        for (String variable : secretVars.keySet()) {
            StepParameters.require(
                    !vars.containsKey(variable),
                    "variable '" + variable + "' stands in vars and in secretVars: leave it out of vars");
        }
        return new PackerTemplate.Parameters(
                build.parameters().expand(template),
                build.parameters().expand(packer),
                TextParameters.expanded(build, vars),
                secretVars,
                TextParameters.expanded(build, varFiles),
                TextParameters.expanded(build, only),
                TextParameters.expanded(build, except));
    }

    /** What the descriptors of these steps have in common. */
    public abstract static class TemplateDescriptor extends OperationDescriptor {
        TemplateDescriptor(String functionName) {
            super(functionName);
        }

        /** The names of the configured installations, for those who may read the form; always the current value. */
        @POST
        public ListBoxModel doFillPackerItems(@AncestorInPath Item item, @QueryParameter String packer) {
            return options(
                    item, packer, Messages.PackerTemplateStep_OnPath(), PackerInstallation.DescriptorImpl.names());
        }

        @POST
        public FormValidation doCheckSecretVars(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.secrets(item, value);
        }
    }
}
