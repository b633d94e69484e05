package io.jenkins.plugins.imagefactory.jenkins.form;

import hudson.model.Item;
import hudson.util.FormValidation;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of steps say of their fields while they are filled in; fields of one name mean the same in all steps. */
public abstract class CheckedForm extends StepDescriptor {

    /** Whether the step cannot do without a {@code file}. */
    protected boolean needsFile() {
        return true;
    }

    /** Whether a {@code timeout} of 0 stands for none. */
    protected boolean mayTakeForever() {
        return true;
    }

    @POST
    public FormValidation doCheckFile(@AncestorInPath Item item, @QueryParameter String value) {
        return needsFile() ? FieldCheck.required(item, value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckTemplate(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.required(item, value);
    }

    @POST
    public FormValidation doCheckProperties(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.map(item, value);
    }

    @POST
    public FormValidation doCheckVars(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.map(item, value);
    }

    @POST
    public FormValidation doCheckMinDisk(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.count(item, value);
    }

    @POST
    public FormValidation doCheckMinRam(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.count(item, value);
    }

    @POST
    public FormValidation doCheckRetries(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.count(item, value);
    }

    @POST
    public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return mayTakeForever() ? FieldCheck.count(item, value) : FieldCheck.positive(item, value);
    }

    @POST
    public FormValidation doCheckSilenceTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.count(item, value);
    }
}
