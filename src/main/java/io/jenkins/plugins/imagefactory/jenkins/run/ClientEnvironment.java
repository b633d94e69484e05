package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
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
 * @param directory of the files; null if there are none
 */
public record ClientEnvironment(Map<String, String> variables, Collection<String> secrets, FilePath directory) {

    /**
     * Writes the files.
     *
     * @param workspace null if the build has none here
     * @param asFile whether to say it in a clouds.yaml and not in variables; needs a workspace
     */
    public static ClientEnvironment of(OpenedCloud cloud, ClientOptions options, FilePath workspace, boolean asFile)
            throws IOException, InterruptedException {
        if (workspace == null || (cloud.caCertificates() == null && !asFile)) {
            if (asFile) {
                throw new AbortException("withOpenStack(clouds: true) writes a file, so it must stand inside a 'node'");
            }
            return new ClientEnvironment(options.environment(), options.secrets(), null);
        }
        PrivateDirectory directory = PrivateDirectory.create(workspace, "openstack");
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
            return new ClientEnvironment(variables, options.secrets(), directory.path());
        } catch (IOException | InterruptedException | RuntimeException e) {
            directory.delete();
            throw e;
        }
    }

    /** Puts the variables in place of every one that says something of a login and would contradict them. */
    public void replaceIn(EnvVars env) {
        ClientVariables.removeFrom(env);
        env.putAll(variables);
    }

    public void delete() throws IOException, InterruptedException {
        if (directory != null) {
            directory.deleteRecursive();
        }
    }
}
