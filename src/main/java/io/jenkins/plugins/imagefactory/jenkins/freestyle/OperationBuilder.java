package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.step.OperationStep;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.tasks.SimpleBuildStep;

/**
 * A freestyle build step that is nothing but a Pipeline step: its form is the step's form, it expands {@code ${VAR}} in
 * the parameters, and runs the step's operation.
 */
public abstract class OperationBuilder extends Builder implements SimpleBuildStep {
    /** The step, which each class also shows as its property {@code step}, by its own type for the form's sake. */
    protected abstract OperationStep operation();

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        operation().perform(BuildContext.of(run, workspace, env, launcher, listener));
    }

    /** Has no symbol: that of the step would take the step's place in the snippet generator. */
    abstract static class OperationDescriptor extends BuildStepDescriptor<Builder> {
        private final Class<? extends OperationStep> step;

        OperationDescriptor(Class<? extends OperationStep> step) {
            this.step = step;
        }

        @Override
        public String getHelpFile() {
            return Jenkins.get().getDescriptorOrDie(step).getHelpFile();
        }

        @SuppressWarnings("rawtypes")
        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
