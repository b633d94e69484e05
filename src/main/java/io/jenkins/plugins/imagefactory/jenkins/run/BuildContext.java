package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.AbortException;
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
import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What an operation finds around it, whether a Pipeline step or a freestyle build step called it.
 *
 * @param workspace the current directory on the agent; null for an operation that needs no node
 * @param launcher starts processes there; null for an operation that needs no node
 * @param listener the console, which hides what {@code masking} learns
 * @param access opens the configured clouds, with what a block around chooses
 * @param masking what all of the operation passes that others may read
 * @param continuity by what the operation outlives a restart
 * @param expansion expands {@code ${VAR}} in parameters: in freestyle jobs only, since Groovy does it in Pipeline
 */
public record BuildContext(
        Run<?, ?> run,
        FilePath workspace,
        Launcher launcher,
        TaskListener listener,
        EnvVars env,
        CloudAccess access,
        Masking masking,
        Continuity continuity,
        UnaryOperator<String> expansion) {
    private static final CloudAccess CONFIGURED =
            (run, choice) -> OpenStackClouds.get().open(run, choice);

    /** Of a Pipeline step; a block around it may bring its own access to clouds. */
    public static BuildContext of(StepContext context, Continuity continuity) throws IOException, InterruptedException {
        return of(context, continuity, new Masking(context.get(ConsoleLogFilter.class)));
    }

    /** The same for an operation that has begun before, and knows what to mask. */
    public static BuildContext of(StepContext context, Continuity continuity, Masking masking)
            throws IOException, InterruptedException {
        return new BuildContext(
                context.get(Run.class),
                context.get(FilePath.class),
                context.get(Launcher.class),
                masking.listener(context.get(TaskListener.class)),
                context.get(EnvVars.class),
                Util.fixNull(context.get(CloudAccess.class), CONFIGURED),
                masking,
                continuity,
                UnaryOperator.identity());
    }

    /** Of a freestyle build step. */
    public static BuildContext of(
            Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws IOException {
        Masking masking = new Masking(null);
        masking.hide(sensitiveVariables(run, env));
        return new BuildContext(
                run,
                workspace,
                launcher,
                masking.listener(listener),
                env,
                CONFIGURED,
                masking,
                Continuity.ofThisRun(),
                env::expand);
    }

    /** Of no build: for what is done on a node after one has ended. It knows neither clouds nor variables. */
    public static BuildContext ofNode(FilePath workspace, Launcher launcher, TaskListener listener) {
        return new BuildContext(
                null,
                workspace,
                launcher,
                listener,
                new EnvVars(),
                CONFIGURED,
                new Masking(null),
                Continuity.ofThisRun(),
                UnaryOperator.identity());
    }

    private static List<String> sensitiveVariables(Run<?, ?> run, EnvVars env) {
        return run instanceof AbstractBuild<?, ?> build
                ? build.getSensitiveBuildVariables().stream()
                        .map(env::get)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    /** The node of the workspace, as errors call it. */
    public String node() {
        String name = env.get("NODE_NAME");
        return name == null ? "the agent" : name.equals("built-in") ? "the built-in node" : "agent '" + name + "'";
    }

    /** The same for clients that log in to a cloud by its variables. */
    public BuildContext loggedIn(ClientEnvironment client) {
        masking.hide(client.secrets());
        EnvVars clientEnv = new EnvVars(env);
        client.replaceIn(clientEnv);
        return with(clientEnv);
    }

    /** The same for programs that end with a directory. */
    public BuildContext marked(LeftDirectory left) {
        EnvVars marked = new EnvVars(env);
        marked.putAll(left.mark());
        return with(marked);
    }

    private BuildContext with(EnvVars other) {
        return new BuildContext(run, workspace, launcher, listener, other, access, masking, continuity, expansion);
    }

    /** The parameter's value, with variables expanded where the kind of job wants it; null stays null. */
    public String expand(String parameter) {
        return parameter == null ? null : expansion.apply(parameter);
    }

    /**
     * The parameter's value, with variables expanded.
     *
     * @param otherwise the sentence that ends the operation if nothing is left of it
     */
    public String required(String parameter, String otherwise) throws AbortException {
        String value = Util.fixEmptyAndTrim(expand(parameter));
        require(value != null, otherwise);
        return value;
    }

    /** One line in the console that starts with the name of the tool or service it speaks of. */
    public void log(String subject, String line) {
        listener.getLogger().println("[" + subject + "] " + line);
    }

    /** The clouds that the operation may use, until the controller stops. */
    public BuildClouds clouds() {
        return new BuildClouds(run, access, masking, listener, continuity::checkController);
    }

    /** What the build keeps. */
    public BuildRecord record() {
        return new BuildRecord(this);
    }

    /** Ends the operation with one sentence unless {@code holds}. */
    public static void require(boolean holds, String otherwise) throws AbortException {
        if (!holds) {
            throw new AbortException(otherwise);
        }
    }
}
