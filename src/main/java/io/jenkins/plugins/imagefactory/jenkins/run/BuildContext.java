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
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What an operation finds around it, whether a Pipeline step or a freestyle build step called it.
 *
 * @param workspace the current directory on the agent; null for an operation that needs no node
 * @param launcher starts processes there; null for an operation that needs no node
 * @param listener the console, which hides what {@code masking} learns
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
        CloudAccess clouds,
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
        return new BuildContext(run, workspace, launcher, listener, other, clouds, masking, continuity, expansion);
    }

    /** The environment without the variables that hold what is masked. */
    public Map<String, String> envWithoutSecrets() {
        Map<String, String> open = new LinkedHashMap<>();
        env.forEach((variable, value) -> {
            if (!masking.hides(value)) {
                open.put(variable, value);
            }
        });
        return open;
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
        masking.hide(cloud.secrets());
        if (!cloud.options().verify()) {
            log("openstack", "Warning: the TLS certificates of cloud '" + cloud.name() + "' are not verified");
        }
        return cloud;
    }

    /** A session in the chosen project that begins when it is first used. */
    public Session login(CloudChoice choice) throws IOException, InterruptedException {
        return login(open(choice));
    }

    /** The same; its tokens are masked, and the console tells of services that are spoken to in clear. */
    public Session login(OpenedCloud cloud) throws OpenStackException {
        return cloud.login(new Session.Observer() {
            private final Set<String> told = ConcurrentHashMap.newKeySet();

            @Override
            public void gotToken(String token) {
                masking.hide(List.of(token));
            }

            @Override
            public void unencrypted(String service, URI address) {
                if (told.add(service)) {
                    log(
                            "openstack",
                            "Warning: cloud '" + cloud.name() + "' logs in over https, but its service " + service
                                    + " is at " + address + ": anybody on the way can read the token");
                }
            }
        });
    }

    /** One line in the console that starts with the name of the tool or service it speaks of. */
    public void log(String subject, String line) {
        listener.getLogger().println("[" + subject + "] " + line);
    }

    /** What this plugin keeps about the build. */
    public BuildRecord record() {
        return new BuildRecord(ImageFactoryAction.of(run), masking);
    }

    /**
     * Archives files of the workspace with the build. Names of files are what a build keeps, too.
     *
     * @param files path in the archive, before it is masked, to path in the workspace
     */
    public void archive(Map<String, String> files) throws IOException, InterruptedException {
        if (!files.isEmpty()) {
            run.pickArtifactManager().archive(workspace, launcher, BuildListenerAdapter.wrap(listener), kept(files));
        }
    }

    /** Lets Jenkins tell that this build made these files: path in the workspace to MD5. */
    public void fingerprintMade(Map<String, String> md5s) throws IOException {
        new Fingerprints(run).made(kept(md5s));
    }

    /** Lets Jenkins tell that this build used a file, and where it came from if another build made it. */
    public void fingerprintUsed(String path, String md5) throws IOException {
        new Fingerprints(run).used(kept(Map.of(path, md5)));
    }

    /** By the paths that results and the build's record have. */
    private Map<String, String> kept(Map<String, String> ofPaths) {
        Map<String, String> kept = new LinkedHashMap<>();
        ofPaths.forEach((path, value) -> kept.put(masking.data(path), value));
        return kept;
    }

    /** Ends the operation with one sentence unless {@code holds}. */
    public static void require(boolean holds, String otherwise) throws AbortException {
        if (!holds) {
            throw new AbortException(otherwise);
        }
    }
}
