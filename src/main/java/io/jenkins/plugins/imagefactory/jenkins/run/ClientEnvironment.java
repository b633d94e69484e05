package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import io.jenkins.plugins.imagefactory.jenkins.cloud.ClientVariables;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * By what OpenStack's clients log in when a build runs them: variables, and the files beside the workspace that they name.
 *
 * @param secrets the values that nobody may read
 * @param files where they lie; null if there are none
 */
public record ClientEnvironment(
        Map<String, String> variables,
        Collection<String> secrets,
        @CheckForNull PrivateDirectory files) {
    /** Of lines of the console. */
    public static final String SUBJECT = "openstack";

    /**
     * Writes the files.
     *
     * @param asFile whether to say it in a clouds.yaml and not in variables; needs a workspace
     */
    public static ClientEnvironment of(BuildContext build, OpenedCloud cloud, ClientOptions options, boolean asFile)
            throws IOException, InterruptedException {
        if (build.node().workspace() == null || (cloud.caCertificates() == null && !asFile)) {
            if (asFile) {
                throw new AbortException("withOpenStack(clouds: true) writes a file, so it must stand inside a 'node'");
            }
            return new ClientEnvironment(options.environment(), options.secrets(), null);
        }
        PrivateDirectory directory = PrivateDirectory.create(build.node().workspace(), SUBJECT);
        try {
            ClientOptions complete = options;
            if (cloud.caCertificates() != null) {
                complete = options.with(
                        "cacert",
                        directory.write("ca.pem", cloud.caCertificates()).getRemote());
            }
            Map<String, String> variables = asFile
                    ? new TreeMap<>(Map.of(
                            "OS_CLOUD",
                            cloud.name(),
                            "OS_CLIENT_CONFIG_FILE",
                            directory
                                    .write("clouds.yaml", complete.cloudsYaml(cloud.name()))
                                    .getRemote()))
                    : complete.environment();
            return new ClientEnvironment(variables, options.secrets(), directory);
        } catch (IOException | InterruptedException | RuntimeException e) {
            // A controller that stops, too: nobody uses the files yet.
            directory.delete(build, SUBJECT);
            throw e;
        }
    }

    /** Puts the variables in place of every one that says something of a login and would contradict them. */
    public void replaceIn(EnvVars env) {
        ClientVariables.removeFrom(env);
        env.putAll(variables);
    }

    /** What is kept of the files; null if there are none. */
    @CheckForNull
    public LeftDirectory left() {
        return files == null ? null : files.left();
    }

    /** Removes the files, now or when their agent is back. */
    public void delete(BuildContext build) throws IOException, InterruptedException {
        if (files != null) {
            files.delete(build, SUBJECT);
        }
    }
}
