package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.console.ConsoleLogFilter;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildWrapperDescriptor;
import io.jenkins.plugins.imagefactory.jenkins.boundary.OperationBoundary;
import io.jenkins.plugins.imagefactory.jenkins.cloud.ClientVariables;
import io.jenkins.plugins.imagefactory.jenkins.cloud.SurroundingLogin;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ClientEnvironment;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import io.jenkins.plugins.imagefactory.jenkins.step.WithOpenStackStep;
import java.io.IOException;
import java.util.Set;
import jenkins.model.Jenkins;
import jenkins.tasks.SimpleBuildWrapper;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link WithOpenStackStep} around the build steps of a freestyle job. */
public final class OpenStackBuildWrapper extends SimpleBuildWrapper {
    private final WithOpenStackStep step;

    @DataBoundConstructor
    public OpenStackBuildWrapper(WithOpenStackStep step) {
        this.step = step;
    }

    public WithOpenStackStep getStep() {
        return step;
    }

    @Override
    public ConsoleLogFilter createLoggerDecorator(Run<?, ?> build) {
        return new SurroundingLogin.Mask();
    }

    @SuppressWarnings("rawtypes")
    @Override
    public void makeSensitiveBuildVariables(AbstractBuild build, Set<String> sensitiveVariables) {
        SurroundingLogin.of(build).ifPresent(login -> sensitiveVariables.addAll(login.sensitiveVariables()));
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
        new OperationBoundary(around, "withOpenStack", true)
                .pass(
                        () -> {
                            enter(context, around);
                            return null;
                        },
                        () -> null);
    }

    private void enter(Context context, BuildContext around) throws IOException, InterruptedException {
        ClientEnvironment client = step.login(around);
        SurroundingLogin.begin(around.run(), step.choice(around), client.variables(), client.secrets());
        EnvVars others = new EnvVars(around.node().env());
        ClientVariables.removeFrom(others);
        around.node().env().keySet().stream()
                .filter(variable ->
                        !others.containsKey(variable) && !client.variables().containsKey(variable))
                .forEach(variable -> context.env(variable, ""));
        client.variables().forEach((variable, value) -> context.env(variable, literally(value)));
        context.setDisposer(new End(client.left()));
    }

    /** Jenkins expands variables in the values of variables. */
    private static String literally(String value) {
        return value.replace("$", "$$");
    }

    /** Removes the files of the login. */
    private static final class End extends Disposer {
        private static final long serialVersionUID = 1L;

        private final LeftDirectory left;

        End(@CheckForNull LeftDirectory left) {
            this.left = left;
        }

        @Override
        public void tearDown(Run<?, ?> build, FilePath workspace, Launcher launcher, TaskListener listener)
                throws IOException, InterruptedException {
            SurroundingLogin.end(build);
            if (left != null) {
                left.end(
                        workspace,
                        listener,
                        ClientEnvironment.SUBJECT,
                        workspace.child(left.directory())::deleteRecursive);
            }
        }
    }

    /** Has no symbol, as builders have none. */
    @Extension
    public static final class DescriptorImpl extends BuildWrapperDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.WithOpenStackStep_EnvironmentName();
        }

        @Override
        public boolean isApplicable(AbstractProject<?, ?> item) {
            return true;
        }

        @Override
        public String getHelpFile() {
            return Jenkins.get().getDescriptorOrDie(WithOpenStackStep.class).getHelpFile();
        }
    }
}
