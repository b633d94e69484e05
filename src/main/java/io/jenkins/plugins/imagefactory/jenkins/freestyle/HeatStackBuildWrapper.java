package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildWrapperDescriptor;
import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackDeleteStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import io.jenkins.plugins.imagefactory.jenkins.step.WithHeatStackStep;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedWork;
import io.jenkins.plugins.imagefactory.openstack.orchestration.StackLaunch;
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
        Deletion deletion = new Deletion(
                step.deletion(around, stack.id()),
                step.isKeepOnFailure() ? StackLaunch.stays(stack.name(), stack.id()) : null);
        deletion.masking = around.masking();
        context.setDisposer(deletion);
    }

    private static final class Deletion extends Disposer {
        private static final long serialVersionUID = 1L;

        private final HeatStackDeleteStep step;
        private final String ifItStays;
        private transient Masking masking;

        /** @param ifItStays what to say when the build has failed; null if the stack goes then, too */
        Deletion(HeatStackDeleteStep step, @CheckForNull String ifItStays) {
            this.step = step;
            this.ifItStays = ifItStays;
        }

        @Override
        public void tearDown(Run<?, ?> build, FilePath workspace, Launcher launcher, TaskListener listener)
                throws IOException, InterruptedException {
            if (ifItStays != null && Result.FAILURE.equals(build.getResult())) {
                UnfinishedWork.ended(step.getStack());
                listener.getLogger().println("[heat] " + ifItStays);
            } else {
                Masking known = masking == null ? new Masking(null) : masking;
                step.perform(BuildContext.of(build, workspace, new EnvVars(), launcher, listener, known));
            }
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
