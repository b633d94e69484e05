package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.BindInterceptor;
import org.kohsuke.stapler.StaplerRequest2;

/** What the descriptors of this plugin's steps have in common. */
abstract class OperationDescriptor extends StepDescriptor {
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

    @Override
    public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        BindInterceptor before = request.setBindInterceptor(new FormText());
        try {
            return super.newInstance(request, form);
        } finally {
            request.setBindInterceptor(before);
        }
    }
}
