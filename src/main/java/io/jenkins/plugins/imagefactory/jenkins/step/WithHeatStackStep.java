package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.stack.StackLaunching;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.IfStackExists;
import java.io.IOException;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withHeatStack(…) { … }}: a block with a Heat stack of its own, which is deleted whatever becomes of the block. */
public final class WithHeatStackStep extends StackStep {
    private static final long serialVersionUID = 1L;

    /** @param template a Heat template of the workspace, or one itself, of several lines */
    @DataBoundConstructor
    public WithHeatStackStep(String template) {
        super(template);
    }

    /** Launches the stack; {@link StackBlockExecution} runs the block in it. */
    @Override
    protected LaunchedStack run(BuildContext build) throws IOException, InterruptedException {
        Session session = login(build);
        return new StackLaunching(build, session, choice(build)).launchForBuild(wish(build), IfStackExists.ERROR);
    }

    /** The same as {@link #deletion(String)} in a freestyle job, whose variables it does not know later on. */
    public HeatStackDeleteStep deletion(BuildContext build, String stack) {
        HeatStackDeleteStep deletion = deletion(stack);
        deletion.setCloud(build.parameters().expand(getCloud()));
        deletion.setProject(build.parameters().expand(getProject()));
        return deletion;
    }

    /** Deletes a stack that the block had, in the same project. */
    HeatStackDeleteStep deletion(String stack) {
        HeatStackDeleteStep deletion = new HeatStackDeleteStep(stack);
        deletion.setCloud(getCloud());
        deletion.setProject(getProject());
        deletion.setCredentialsId(getCredentialsId());
        return deletion;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new StackBlockExecution(context, this);
    }

    @Extension
    public static final class DescriptorImpl extends StackDescriptor {
        public DescriptorImpl() {
            super("withHeatStack");
        }

        @Override
        public String getDisplayName() {
            return Messages.WithHeatStackStep_DisplayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        /** Needs no node, unless it reads files. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }
    }
}
