package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imagefactory.jenkins.boundary.OperationBoundary;
import io.jenkins.plugins.imagefactory.jenkins.cloud.ClientVariables;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.SecretMask;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ClientEnvironment;
import io.jenkins.plugins.imagefactory.jenkins.run.Continuity;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftOnAgents;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code withOpenStack(…) { … }}: a block in which {@code openstack}, Ansible, Terraform, Packer and this plugin's own
 * steps log in to one project of a cloud.
 */
public final class WithOpenStackStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private String cloud;
    private String project;
    private String credentialsId;
    private boolean clouds;
    private boolean token;

    @DataBoundConstructor
    public WithOpenStackStep() {
        // every parameter has a default
    }

    public String getCloud() {
        return cloud;
    }

    /** Name of a configured cloud. Default: the only one. */
    @DataBoundSetter
    public void setCloud(String cloud) {
        this.cloud = Util.fixEmptyAndTrim(cloud);
    }

    public String getProject() {
        return project;
    }

    /** Project to log in to, by name or id. Default: the cloud's. */
    @DataBoundSetter
    public void setProject(String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** Id of the credentials to use in place of the cloud's. Default: the cloud's. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public boolean isClouds() {
        return clouds;
    }

    /** Whether to write a clouds.yaml beside the workspace in place of variables. Default: false. */
    @DataBoundSetter
    public void setClouds(boolean clouds) {
        this.clouds = clouds;
    }

    public boolean isToken() {
        return token;
    }

    /** Whether the block gets a token of the project only, which ends by itself, and no password. Default: false. */
    @DataBoundSetter
    public void setToken(boolean token) {
        this.token = token;
    }

    /** As steps choose a cloud: an id of credentials is no text to expand. */
    public CloudChoice choice(BuildContext build) {
        return new CloudChoice(
                build.parameters().expand(cloud), build.parameters().expand(project), credentialsId);
    }

    /** Logs in and tells the console; the caller must delete the files of what clients find. */
    public ClientEnvironment login(BuildContext build) throws IOException, InterruptedException {
        OpenedCloud opened = build.clouds().open(choice(build));
        Session session = build.clouds().loginForOthers(opened);
        StepParameters.require(
                !token || session.choosesProject(),
                "withOpenStack(token: true) needs a password: Keystone exchanges no token of an "
                        + session.identityLabel());
        session.handOverCatalog();
        ClientOptions options =
                token ? opened.options().withToken(session.token(), session.project()) : opened.options();
        String place = session.place();
        ClientEnvironment environment = ClientEnvironment.of(build, opened, options, clouds);
        build.console()
                .log(
                        ClientEnvironment.SUBJECT,
                        "In this block clients log in to " + place + " by "
                                + String.join(", ", environment.variables().keySet()));
        return environment;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends GeneralNonBlockingStepExecution {
        private static final long serialVersionUID = 1L;

        private final WithOpenStackStep step;

        Execution(StepContext context, WithOpenStackStep step) {
            super(context);
            this.step = step;
        }

        @Override
        public boolean start() {
            run(this::begin);
            return false;
        }

        private void begin() throws IOException, InterruptedException {
            BuildContext build = BuildContext.of(getContext(), Continuity.ofThisRun());
            new OperationBoundary(build, "withOpenStack", build.node().workspace() != null)
                    .pass(
                            () -> {
                                enter(build);
                                return null;
                            },
                            () -> null);
        }

        private void enter(BuildContext build) throws IOException, InterruptedException {
            ClientEnvironment environment = step.login(build);
            try {
                invoke(build, environment);
            } catch (IOException | InterruptedException | RuntimeException e) {
                environment.delete(build);
                throw e;
            }
        }

        private void invoke(BuildContext build, ClientEnvironment environment)
                throws IOException, InterruptedException {
            StepContext context = getContext();
            LeftDirectory left = environment.left();
            SecretMask mask = new SecretMask(
                    environment.secrets(), build.run().getCharset().name());
            context.newBodyInvoker()
                    .withContext(EnvironmentExpander.merge(
                            context.get(EnvironmentExpander.class),
                            new ClientVariables(environment.variables(), environment.secrets())))
                    .withContext(BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), mask))
                    .withContext(FailureHandler.merge(context.get(FailureHandler.class), mask))
                    .withContext(build.clouds().access().choosing(step.choice(build)))
                    .withCallback(new CleanUp(left))
                    .start();
            if (left != null) {
                LeftOnAgents.handedOver(left, build.run());
            }
        }

        /** Removes the files of the block, whatever came of it. */
        private final class CleanUp extends TailCall {
            private static final long serialVersionUID = 1L;

            private final LeftDirectory left;

            CleanUp(LeftDirectory left) {
                this.left = left;
            }

            @Override
            protected void finished(StepContext context) throws IOException, InterruptedException {
                if (left == null) {
                    return;
                }
                TaskListener listener = context.get(TaskListener.class);
                FilePath workspace = workspace(context);
                if (workspace == null) {
                    left.leave(listener, ClientEnvironment.SUBJECT);
                } else {
                    left.end(
                            workspace,
                            listener,
                            ClientEnvironment.SUBJECT,
                            workspace.child(left.directory())::deleteRecursive);
                }
            }

            /** Null if its agent is away. */
            private static FilePath workspace(StepContext context) throws InterruptedException {
                try {
                    return context.get(FilePath.class);
                } catch (IOException e) {
                    return null;
                }
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("withOpenStack");
        }

        @Override
        public String getDisplayName() {
            return Messages.WithOpenStackStep_DisplayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        /** Needs no node, unless it writes a file. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
