package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.cloud.ClientEnvironment;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.SecretMask;
import io.jenkins.plugins.imagefactory.jenkins.credentials.SecretText;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.PackerVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONObject;

/** What Packer finds around it in one build: the program, its environment, and secrets, which are gone afterwards. */
final class PackerSetting {
    private static final String PACKER = "packer";
    private static final int ONLY_OWNER_READS = 0600;
    private static final long VERSION_TIMEOUT_SECONDS = 10;

    private final BuildContext build;
    private final EnvVars env;
    private final List<String> secrets = new ArrayList<>();
    private ClientEnvironment cloud;
    private FilePath secretsFile;

    PackerSetting(BuildContext build) {
        this.build = build;
        env = new EnvVars(build.env());
        env.put("CHECKPOINT_DISABLE", "1");
    }

    /** Lets Packer's openstack builder log in to the cloud. */
    void logIn(OpenedCloud opened) throws IOException, InterruptedException {
        opened.login().token();
        cloud = ClientEnvironment.of(opened, opened.options(), build.workspace(), false);
        cloud.replaceIn(env);
        secrets.addAll(cloud.secrets());
    }

    /**
     * Writes the values of secret variables to a file that only the agent's user can read.
     *
     * @param credentialsIds of secret texts, by the names of the variables
     */
    void provide(Map<String, String> credentialsIds) throws IOException, InterruptedException {
        if (credentialsIds.isEmpty()) {
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : credentialsIds.entrySet()) {
            values.put(variable.getKey(), SecretText.of(build.run(), variable.getValue()));
        }
        secrets.addAll(values.values());
        secretsFile = build.tempDir().child("packer-" + System.nanoTime() + ".pkrvars.json");
        secretsFile.touch(0);
        secretsFile.chmod(ONLY_OWNER_READS);
        secretsFile.write(JSONObject.fromObject(values).toString(), StandardCharsets.UTF_8.name());
    }

    /** The variable files, those of the step and the secret one. */
    List<String> variableFiles(List<String> ofStep) {
        List<String> files = new ArrayList<>(ofStep);
        if (secretsFile != null) {
            files.add(secretsFile.getRemote());
        }
        return files;
    }

    EnvVars env() {
        return env;
    }

    /** The stream, with secrets masked. */
    OutputStream masked(OutputStream out) throws IOException, InterruptedException {
        return secrets.isEmpty()
                ? out
                : new SecretMask(secrets, StandardCharsets.UTF_8.name()).decorateLogger(build.run(), out);
    }

    /**
     * The program: of the tool installation, or on the PATH.
     *
     * <p>A process finds its program on the PATH of whoever starts it; a shell asks the build's own, in its container.
     *
     * @param tool name of a tool installation; null for the PATH
     */
    String executable(String tool) throws IOException, InterruptedException {
        if (tool != null) {
            return PackerInstallation.executable(build, tool);
        }
        if (!build.launcher().isUnix()) {
            return PACKER;
        }
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        int exitCode = run(List.of("/bin/sh", "-c", "command -v " + PACKER), path);
        BuildContext.require(
                exitCode == 0,
                "Packer is not installed on " + env.get("NODE_NAME", "the agent") + ": there is no '" + PACKER
                        + "' on its PATH " + env.get("PATH", "")
                        + "; install it, or name a Packer of Manage Jenkins, Tools in 'packer'");
        return path.toString(StandardCharsets.UTF_8).strip();
    }

    /** @throws AbortException if the program is not HashiCorp's Packer: cracklib ships another one, which waits for input */
    PackerVersion version(String executable) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        build.launcher()
                .launch()
                .cmds(List.of(executable, "version"))
                .envs(env)
                .pwd(build.workspace())
                .quiet(true)
                .stdout(output)
                .start()
                .joinWithTimeout(VERSION_TIMEOUT_SECONDS, TimeUnit.SECONDS, build.listener());
        return PackerVersion.parse(output.toString(StandardCharsets.UTF_8))
                .orElseThrow(() -> new AbortException(
                        executable + " is not HashiCorp's Packer: put that one before it on the PATH"));
    }

    /** Runs something short to its end. */
    int run(List<String> arguments, OutputStream out) throws IOException, InterruptedException {
        return build.launcher()
                .launch()
                .cmds(arguments)
                .envs(env)
                .pwd(build.workspace())
                .quiet(true)
                .stdout(out)
                .join();
    }

    /** Removes the secrets from the agent. */
    void dispose() throws IOException, InterruptedException {
        if (secretsFile != null) {
            secretsFile.delete();
        }
        if (cloud != null) {
            cloud.delete();
        }
    }
}
