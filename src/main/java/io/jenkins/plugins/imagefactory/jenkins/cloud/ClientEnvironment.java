package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.imagefactory.openstack.ClientOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private static final String PREFIX = "OS_";
    private static final int ONLY_OWNER_READS = 0600;

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
        FilePath parent = WorkspaceList.tempDir(workspace);
        parent.mkdirs();
        FilePath directory = parent.createTempDir("openstack", "");
        try {
            ClientOptions complete = options;
            if (cloud.caCertificates() != null) {
                complete = options.with("cacert", write(directory, "ca.pem", cloud.caCertificates()));
            }
            Map<String, String> variables = asFile
                    ? new TreeMap<>(Map.of(
                            "OS_CLOUD",
                            cloud.name(),
                            "OS_CLIENT_CONFIG_FILE",
                            write(directory, "clouds.yaml", complete.cloudsYaml(cloud.name()))))
                    : complete.environment();
            return new ClientEnvironment(variables, options.secrets(), directory);
        } catch (IOException | InterruptedException | RuntimeException e) {
            directory.deleteRecursive();
            throw e;
        }
    }

    private static String write(FilePath directory, String name, String content)
            throws IOException, InterruptedException {
        FilePath file = directory.child(name);
        file.touch(0);
        file.chmod(ONLY_OWNER_READS);
        file.write(content, StandardCharsets.UTF_8.name());
        return file.getRemote();
    }

    /** Puts the variables in place of every one that says something of a login and would contradict them. */
    public void replaceIn(EnvVars env) {
        removeFrom(env);
        env.putAll(variables);
    }

    static void removeFrom(EnvVars env) {
        env.keySet().removeIf(name -> name.startsWith(PREFIX));
    }

    public void delete() throws IOException, InterruptedException {
        if (directory != null) {
            directory.deleteRecursive();
        }
    }
}
