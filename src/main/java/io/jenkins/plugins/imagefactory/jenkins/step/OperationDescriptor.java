package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudCredentials;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import java.util.Collection;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.BindInterceptor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of this plugin's steps have in common. */
public abstract class OperationDescriptor extends StepDescriptor {
    private final String functionName;

    OperationDescriptor(String functionName) {
        this.functionName = functionName;
    }

    @Override
    public String getFunctionName() {
        return functionName;
    }

    /** Of an operation on files of a node. */
    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, FilePath.class, Launcher.class, TaskListener.class, EnvVars.class);
    }

    /** The text that a form shows for a list or a map. */
    public String formText(Object parameter) {
        return FormText.of(parameter);
    }

    /** The configured clouds, for those who may configure the job; always the current value, and the only cloud. */
    @POST
    public ListBoxModel doFillCloudItems(@AncestorInPath Item item, @QueryParameter String cloud) {
        return OpenStackClouds.get().options(item, cloud);
    }

    /** The credentials that work, for those who may choose them; always the current value. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return CloudCredentials.options(item, credentialsId);
    }

    @Override
    public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        BindInterceptor before = request.setBindInterceptor(new FormText());
        try {
            return super.newInstance(request, form);
        } finally {
            request.setBindInterceptor(before);
        }
    }

    /** A drop-down of texts that are their own values, after one for the empty value. */
    static ListBoxModel options(String empty, Collection<String> values) {
        ListBoxModel options = new ListBoxModel();
        options.add(empty, "");
        values.forEach(options::add);
        return options;
    }

    /** A drop-down of texts that are their own values. */
    static ListBoxModel options(Collection<String> values) {
        ListBoxModel options = new ListBoxModel();
        values.forEach(options::add);
        return options;
    }
}
