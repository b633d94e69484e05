package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import jenkins.model.Jenkins;
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
        Set<String> names = new LinkedHashSet<>();
        names.add("");
        if (item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE)) {
            OpenStackClouds.get().getClouds().forEach(configured -> names.add(configured.getName()));
        }
        names.add(Util.fixNull(cloud));
        return options(names);
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

    /** A drop-down of texts that are their own values. */
    static ListBoxModel options(Collection<String> values) {
        ListBoxModel options = new ListBoxModel();
        values.forEach(options::add);
        return options;
    }
}
