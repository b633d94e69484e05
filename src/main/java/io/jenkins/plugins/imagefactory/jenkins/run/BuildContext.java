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
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.imagefactory.jenkins.cloud.ClientEnvironment;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.SecretMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What an operation finds around it, whether a Pipeline step or a freestyle build step called it.
 *
 * @param workspace the current directory on the agent; null for an operation that needs no node
 * @param launcher starts processes there; null for an operation that needs no node
 * @param filter masks secrets in the console; null if there are none
 * @param continuity by what the operation outlives a restart
 * @param expansion expands {@code ${VAR}} in parameters: in freestyle jobs only, since Groovy does it in Pipeline
 */
public record BuildContext(
        Run<?, ?> run,
        FilePath workspace,
        Launcher launcher,
        TaskListener listener,
        EnvVars env,
        CloudAccess clouds,
        ConsoleLogFilter filter,
        Continuity continuity,
        UnaryOperator<String> expansion) {
    private static final CloudAccess CONFIGURED =
            (run, choice) -> OpenStackClouds.get().open(run, choice);

    /** Of a Pipeline step; a block around it may bring its own access to clouds. */
    public static BuildContext of(StepContext context, Continuity continuity) throws IOException, InterruptedException {
        return new BuildContext(
                context.get(Run.class),
                context.get(FilePath.class),
                context.get(Launcher.class),
                context.get(TaskListener.class),
                context.get(EnvVars.class),
                Util.fixNull(context.get(CloudAccess.class), CONFIGURED),
                context.get(ConsoleLogFilter.class),
                continuity,
                UnaryOperator.identity());
    }

    /** Of a freestyle build step. */
    public static BuildContext of(
            Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener) {
        return new BuildContext(
                run,
                workspace,
                launcher,
                listener,
                env,
                CONFIGURED,
                maskOfSensitiveVariables(run, env),
                Continuity.NONE,
                env::expand);
    }

    private static ConsoleLogFilter maskOfSensitiveVariables(Run<?, ?> run, EnvVars env) {
        if (!(run instanceof AbstractBuild<?, ?> build)) {
            return null;
        }
        List<String> secrets = build.getSensitiveBuildVariables().stream()
                .map(env::get)
                .filter(secret -> secret != null && !secret.isEmpty())
                .toList();
        return secrets.isEmpty()
                ? null
                : new SecretMask(secrets, run.getCharset().name());
    }

    /** The same for clients that log in to a cloud: by its variables, and with its secrets masked. */
    public BuildContext loggedIn(ClientEnvironment client) throws IOException, InterruptedException {
        EnvVars clientEnv = new EnvVars(env);
        client.replaceIn(clientEnv);
        SecretMask mask = new SecretMask(client.secrets(), StandardCharsets.UTF_8.name());
        return new BuildContext(
                run,
                workspace,
                launcher,
                new StreamTaskListener(mask.decorateLogger(run, listener.getLogger()), StandardCharsets.UTF_8),
                clientEnv,
                clouds,
                BodyInvoker.mergeConsoleLogFilters(filter, mask),
                continuity,
                expansion);
    }

    /** The stream, with the build's secrets masked in what goes to it; by the only method that every filter has. */
    @SuppressWarnings("deprecation")
    public OutputStream masked(OutputStream target) throws IOException, InterruptedException {
        return filter == null ? target : filter.decorateLogger((AbstractBuild<?, ?>) null, target);
    }

    /** The environment without the variables that hold what this build's console masks. */
    public Map<String, String> envWithoutSecrets() throws IOException, InterruptedException {
        Map<String, String> open = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : env.entrySet()) {
            if (!isMasked(variable.getValue())) {
                open.put(variable.getKey(), variable.getValue());
            }
        }
        return open;
    }

    private boolean isMasked(String value) throws IOException, InterruptedException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (OutputStream console = masked(shown)) {
            console.write((value + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String text = shown.toString(StandardCharsets.UTF_8);
        return !value.lines().allMatch(text::contains);
    }

    /** The parameter's value, with variables expanded where the kind of job wants it; null stays null. */
    public String expand(String parameter) {
        return parameter == null ? null : expansion.apply(parameter);
    }

    /** The path of a file of the workspace, with {@code /}; that of any other file is absolute. */
    public String relative(FilePath file) {
        String path = file.getRemote().replace('\\', '/');
        String directory = workspace.getRemote().replace('\\', '/') + "/";
        return path.startsWith(directory) ? path.substring(directory.length()) : path;
    }

    /**
     * The cloud, with the credentials that this build's scope holds, until the controller stops; says so if its
     * certificates are not verified.
     */
    public OpenedCloud open(CloudChoice choice) throws IOException, InterruptedException {
        OpenedCloud cloud = clouds.open(run, choice).asking(continuity::checkController);
        if (!cloud.options().verify()) {
            log("openstack", "Warning: the TLS certificates of cloud '" + cloud.name() + "' are not verified");
        }
        return cloud;
    }

    /** One line in the console that starts with the name of the tool or service it speaks of. */
    public void log(String subject, String line) {
        listener.getLogger().println("[" + subject + "] " + line);
    }

    /** What this plugin keeps about the build. */
    public ImageFactoryAction record() {
        return ImageFactoryAction.of(run);
    }

    /**
     * Archives files of the workspace with the build.
     *
     * @param files path in the archive to path in the workspace
     */
    public void archive(Map<String, String> files) throws IOException, InterruptedException {
        if (!files.isEmpty()) {
            run.pickArtifactManager().archive(workspace, launcher, BuildListenerAdapter.wrap(listener), files);
        }
    }

    /** Lets Jenkins tell that this build made these files: path in the workspace to MD5. */
    public void fingerprintMade(Map<String, String> md5s) throws IOException {
        new Fingerprints(run).made(md5s);
    }

    /** Lets Jenkins tell that this build used a file, and where it came from if another build made it. */
    public void fingerprintUsed(String path, String md5) throws IOException {
        new Fingerprints(run).used(Map.of(path, md5));
    }

    /** Ends the operation with one sentence unless {@code holds}. */
    public static void require(boolean holds, String otherwise) throws AbortException {
        if (!holds) {
            throw new AbortException(otherwise);
        }
    }
}
