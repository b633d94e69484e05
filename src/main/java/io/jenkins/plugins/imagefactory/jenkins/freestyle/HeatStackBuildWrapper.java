package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildWrapperDescriptor;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackDeleteStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import io.jenkins.plugins.imagefactory.jenkins.step.WithHeatStackStep;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.tasks.SimpleBuildWrapper;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link WithHeatStackStep} around the build steps of a freestyle job. */
public final class HeatStackBuildWrapper extends SimpleBuildWrapper {
    private final WithHeatStackStep step;

    @DataBoundConstructor
    public HeatStackBuildWrapper(WithHeatStackStep step) {
        this.step = step;
    }

    public WithHeatStackStep getStep() {
        return step;
    }

    @Override
    public void setUp(
            Context context,
            Run<?, ?> build,
            FilePath workspace,
            Launcher launcher,
            TaskListener listener,
            EnvVars initialEnvironment)
            throws IOException, InterruptedException {
        BuildContext around = BuildContext.of(build, workspace, initialEnvironment, launcher, listener);
        LaunchedStack stack = (LaunchedStack) step.perform(around);
        stack.environment().forEach(context::env);
        context.setDisposer(new Deletion(step.deletion(around, stack.id())));
    }

    private static final class Deletion extends Disposer {
        private static final long serialVersionUID = 1L;

        private final HeatStackDeleteStep step;

        Deletion(HeatStackDeleteStep step) {
            this.step = step;
        }

        @Override
        public void tearDown(Run<?, ?> build, FilePath workspace, Launcher launcher, TaskListener listener)
                throws IOException, InterruptedException {
            step.perform(BuildContext.of(build, workspace, new EnvVars(), launcher, listener));
        }
    }

    /** Has no symbol, as builders have none. */
    @Extension
    public static final class DescriptorImpl extends BuildWrapperDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.WithHeatStackStep_DisplayName();
        }

        @Override
        public boolean isApplicable(AbstractProject<?, ?> item) {
            return true;
        }

        @Override
        public String getHelpFile() {
            return Jenkins.get().getDescriptorOrDie(WithHeatStackStep.class).getHelpFile();
        }
    }
}
