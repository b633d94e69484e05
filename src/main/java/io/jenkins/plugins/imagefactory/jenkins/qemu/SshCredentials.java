package io.jenkins.plugins.imagefactory.jenkins.qemu;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.PasswordCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.UsernameCredentials;
import hudson.AbortException;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudCredentials;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** The credentials of Jenkins' store by which SSH logs in to guests: secret files that are private keys, and user names with passwords. */
public final class SshCredentials {
    private SshCredentials() {}

    /** Those that the build's scope holds, and notes that the build used them. */
    static StandardCredentials of(BuildContext build, String id) throws AbortException {
        StandardCredentials credentials =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, build.run(), List.of());
        StepParameters.require(
                credentials != null && Usable.INSTANCE.matches(credentials),
                "sshCredentialsId: credentials '" + id
                        + "' do not exist, are neither a secret file with a private key nor a"
                        + " user name with password, or are not visible to this job");
        return CredentialsProvider.track(build.run(), credentials);
    }

    /** The credentials that work, for those who may choose them; always the current value. */
    public static ListBoxModel options(Item item, String current) {
        StandardListBoxModel options = new StandardListBoxModel();
        options.includeEmptyValue();
        if (CloudCredentials.mayChoose(item)) {
            options.includeMatchingAs(
                    CloudCredentials.authenticationOf(item),
                    item,
                    StandardCredentials.class,
                    List.of(),
                    Usable.INSTANCE);
        }
        options.includeCurrentValue(current);
        return options;
    }

    private static final class Usable implements CredentialsMatcher {
        private static final long serialVersionUID = 1L;
        private static final Usable INSTANCE = new Usable();

        @Override
        public boolean matches(Credentials credentials) {
            return credentials instanceof FileCredentials
                    || credentials instanceof UsernameCredentials && credentials instanceof PasswordCredentials;
        }
    }
}
