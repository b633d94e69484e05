package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.console.ConsoleLogFilter;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imagefactory.jenkins.cloud.BuildClouds;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.cloud.SurroundingLogin;
import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What an operation finds around it, whether a Pipeline step or a freestyle build step called it.
 *
 * @param node where it runs
 * @param console what people read of it
 * @param clouds those it may use, until the controller stops
 * @param masking what all of the operation passes that others may read
 * @param continuity by what the operation outlives a restart
 * @param parameters how it reads what the step says
 */
public record BuildContext(
        Run<?, ?> run,
        BuildNode node,
        BuildConsole console,
        BuildClouds clouds,
        Masking masking,
        Continuity continuity,
        StepParameters parameters) {
    private static final CloudAccess CONFIGURED =
            (run, choice) -> OpenStackClouds.get().open(run, choice);

    /** Of a Pipeline step; a block around it may bring its own access to clouds. */
    public static BuildContext of(StepContext context, Continuity continuity) throws IOException, InterruptedException {
        return of(context, continuity, new Masking(context.get(ConsoleLogFilter.class)), false);
    }

    /**
     * The same for an operation that may have begun before, and knows what to mask.
     *
     * @param onNode whether it needs a node; else one that is away does not matter
     */
    public static BuildContext of(StepContext context, Continuity continuity, Masking masking, boolean onNode)
            throws IOException, InterruptedException {
        return of(
                context.get(Run.class),
                node(context, onNode),
                masking.listener(context.get(TaskListener.class)),
                Util.fixNull(context.get(CloudAccess.class), CONFIGURED),
                masking,
                continuity,
                StepParameters.literal());
    }

    private static BuildNode node(StepContext context, boolean isNeeded) throws IOException, InterruptedException {
        try {
            return new BuildNode(context.get(FilePath.class), context.get(Launcher.class), context.get(EnvVars.class));
        } catch (IOException e) {
            if (isNeeded) {
                throw e;
            }
            return new BuildNode(null, null, new EnvVars());
        }
    }

    /** Of a freestyle build step. */
    public static BuildContext of(
            Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws IOException {
        return of(run, workspace, env, launcher, listener, new Masking(null));
    }

    /** The same behind another that knows what to mask. */
    public static BuildContext of(
            Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener, Masking masking)
            throws IOException {
        masking.hide(sensitiveVariables(run, env));
        return of(
                run,
                new BuildNode(workspace, launcher, env),
                masking.listener(listener),
                SurroundingLogin.of(run).map(SurroundingLogin::access).orElse(CONFIGURED),
                masking,
                Continuity.ofThisRun(),
                StepParameters.expandedBy(env));
    }

    private static BuildContext of(
            Run<?, ?> run,
            BuildNode node,
            TaskListener listener,
            CloudAccess access,
            Masking masking,
            Continuity continuity,
            StepParameters parameters) {
        return new BuildContext(
                run,
                node,
                new BuildConsole(listener),
                new BuildClouds(run, access, masking, listener, continuity::checkController),
                masking,
                continuity,
                parameters);
    }

    private static List<String> sensitiveVariables(Run<?, ?> run, EnvVars env) {
        return run instanceof AbstractBuild<?, ?> build
                ? build.getSensitiveBuildVariables().stream()
                        .map(env::get)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    /** The same for clients that log in to a cloud by its variables. */
    public BuildContext loggedIn(ClientEnvironment client) {
        masking.hide(client.secrets());
        EnvVars clientEnv = new EnvVars(node.env());
        client.replaceIn(clientEnv);
        return with(clientEnv);
    }

    /** The same for programs that end with a directory. */
    public BuildContext marked(LeftDirectory left) {
        EnvVars marked = new EnvVars(node.env());
        marked.putAll(left.mark());
        return with(marked);
    }

    private BuildContext with(EnvVars env) {
        return new BuildContext(run, node.with(env), console, clouds, masking, continuity, parameters);
    }

    /** What the build keeps. */
    public BuildRecord record() {
        return new BuildRecord(this);
    }
}
