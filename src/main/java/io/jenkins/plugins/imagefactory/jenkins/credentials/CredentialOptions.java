package io.jenkins.plugins.imagefactory.jenkins.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** What the credentials of every kind that OpenStack can use say of a login. On the controller only. */
public final class CredentialOptions {
    private static final List<Class<? extends StandardCredentials>> KINDS = List.of(
            StandardUsernamePasswordCredentials.class,
            OpenStackPassword.class,
            OpenStackApplicationCredential.class,
            FileCredentials.class);

    private CredentialOptions() {}

    /** Matches the kinds that work. */
    public static final class Usable implements CredentialsMatcher {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean matches(Credentials item) {
            return KINDS.stream().anyMatch(kind -> kind.isInstance(item));
        }
    }

    /**
     * The options that the credentials bring with them.
     *
     * @param userDomain of a user whose credentials do not tell, by name or id; null for the default one
     * @param entry of a clouds.yaml that has several
     * @throws AbortException if they are of another kind
     * @throws IOException if their store does not give them away, or the file is no clouds.yaml or openrc
     */
    public static ClientOptions of(StandardCredentials credentials, @CheckForNull String userDomain, String entry)
            throws IOException, InterruptedException {
        if (credentials instanceof OpenStackApplicationCredential application) {
            return ClientOptions.none()
                    .with(
                            application.getUser() == null ? "application_credential_id" : "application_credential_name",
                            application.getCredential())
                    .with(
                            "application_credential_secret",
                            application.getSecret().getPlainText())
                    .with("username", application.getUser())
                    .withDomain("user_domain", application.getUserDomain());
        }
        if (credentials instanceof OpenStackPassword user) {
            return password(
                    user.getUser(), user.getUserDomain(), user.getPassword().getPlainText());
        }
        if (credentials instanceof StandardUsernamePasswordCredentials user) {
            return password(user.getUsername(), userDomain, user.getPassword().getPlainText());
        }
        if (credentials instanceof FileCredentials file) {
            try (InputStream content = file.getContent()) {
                return ClientOptions.ofFile(new String(content.readAllBytes(), StandardCharsets.UTF_8), entry);
            }
        }
        throw new AbortException(
                "credentials '" + credentials.getId()
                        + "' are none for OpenStack: use a username with password, an OpenStack password, an OpenStack application credential, or a secret file that is a clouds.yaml or an openrc");
    }

    private static ClientOptions password(String user, String domain, String password) {
        return ClientOptions.none()
                .with("username", user)
                .withDomain("user_domain", domain)
                .with("password", password);
    }
}
