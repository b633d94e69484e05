package io.jenkins.plugins.imagefactory.jenkins.qemu;

import com.cloudbees.plugins.credentials.common.PasswordCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.UsernameCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.jenkins.node.KeptOutput;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.PrivateDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/**
 * How the node's {@code ssh} logs in to a guest: as whom, and with what.
 *
 * @param options of {@code ssh}
 * @param variables of its environment
 * @param publicKey that the guest must be told of; null if it knows the user already
 */
public record GuestLogin(
        String user,
        List<String> options,
        Map<String, String> variables,
        @CheckForNull String publicKey) {
    private static final String PROGRAM = "ssh";
    private static final int ONLY_OWNER = 0700;
    private static final List<String> COMMON_OPTIONS = List.of(
            "-F",
            "/dev/null",
            "-o",
            "LogLevel=ERROR",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "GlobalKnownHostsFile=/dev/null",
            "-o",
            "ConnectTimeout=20",
            "-o",
            "ServerAliveInterval=20",
            "-o",
            "NumberOfPasswordPrompts=1",
            "-o",
            "IdentitiesOnly=yes");

    /** With a key pair that exists only for this boot, and whose private half never leaves the node. */
    static GuestLogin withNewKey(BuildContext build, PrivateDirectory directory, String user)
            throws IOException, InterruptedException {
        requireSsh(build);
        FilePath key = directory.child("key");
        KeptOutput output = new KeptOutput();
        int exitCode = NodeProgram.run(
                build.node(),
                List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", user, "-f", key.getRemote()),
                output);
        StepParameters.require(
                exitCode == 0, "ssh-keygen made no key: " + output.text().strip());
        try (InputStream publicKey = directory.child("key.pub").read()) {
            return new GuestLogin(
                    user,
                    List.of("-o", "BatchMode=yes", "-i", key.getRemote()),
                    Map.of(),
                    new String(publicKey.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    /**
     * With credentials that the guest knows.
     *
     * @param user null for that of the credentials
     */
    static GuestLogin with(
            BuildContext build, PrivateDirectory directory, @CheckForNull String user, StandardCredentials credentials)
            throws IOException, InterruptedException {
        requireSsh(build);
        List<String> options = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>();
        if (credentials instanceof FileCredentials key) {
            StepParameters.require(user != null, "imageBoot needs 'sshUser' with a private key: whose key is it?");
            String text = text(key);
            build.masking().hide(List.of(text));
            FilePath file = directory.write("key", text.stripTrailing() + "\n");
            options.addAll(
                    List.of("-o", "BatchMode=yes", "-o", "PreferredAuthentications=publickey", "-i", file.getRemote()));
        }
        if (credentials instanceof PasswordCredentials password) {
            options.addAll(List.of(
                    "-o", "PubkeyAuthentication=no", "-o", "PreferredAuthentications=password,keyboard-interactive"));
            build.masking().hide(List.of(password.getPassword().getPlainText()));
            variables.putAll(answering(directory, password.getPassword()));
        }
        String known = credentials instanceof UsernameCredentials named ? named.getUsername() : null;
        return new GuestLogin(user == null ? known : user, options, variables, null);
    }

    private static String text(FileCredentials key) throws IOException {
        try (InputStream content = key.getContent()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The command line that runs {@code remote} in a guest whose SSH port is forwarded to {@code port}. */
    List<String> command(int port, String remote) {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(COMMON_OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-l", user, "-p", String.valueOf(port), "127.0.0.1", remote));
        return command;
    }

    /** OpenSSH takes secrets from no argument and no variable, but from a program that it starts. */
    private static Map<String, String> answering(PrivateDirectory directory, Secret secret)
            throws IOException, InterruptedException {
        FilePath answer = directory.write("answer", secret.getPlainText() + "\n");
        FilePath program = directory.write(
                "askpass", "#!/bin/sh\nexec cat '" + answer.getRemote().replace("'", "'\\''") + "'\n");
        program.chmod(ONLY_OWNER);
        return Map.of("SSH_ASKPASS", program.getRemote(), "SSH_ASKPASS_REQUIRE", "force", "DISPLAY", "none:0");
    }

    private static void requireSsh(BuildContext build) throws IOException, InterruptedException {
        StepParameters.require(
                NodeProgram.onPath(build.node(), PROGRAM).isPresent(),
                "imageBoot logs in to guests with OpenSSH, but there is no '" + PROGRAM + "' on the PATH of "
                        + build.node().env().get("NODE_NAME", "the agent") + ": install Debian's openssh-client there");
    }
}
