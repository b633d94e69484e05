package io.jenkins.plugins.imagefactory.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Run;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Secrets that are one text. */
public final class SecretText {
    private SecretText() {}

    /**
     * The text of a <em>secret text</em>, or the password of a <em>username with password</em>, that the build's scope holds.
     *
     * @throws AbortException if there are no such credentials
     */
    public static String of(Run<?, ?> run, String credentialsId) throws AbortException {
        StandardCredentials credentials =
                CredentialsProvider.findCredentialById(credentialsId, StandardCredentials.class, run, List.of());
        CredentialsProvider.track(run, credentials);
        if (credentials instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        if (credentials instanceof StandardUsernamePasswordCredentials user) {
            return user.getPassword().getPlainText();
        }
        throw new AbortException(
                "credentials '" + credentialsId
                        + "' do not exist, are not visible to this job, or are neither a secret text nor a username with password");
    }
}
