package io.jenkins.plugins.imagefactory.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.Secret;
import java.io.IOException;

/**
 * An application credential of Keystone, which is good for one project.
 *
 * @see <a href="https://docs.openstack.org/keystone/latest/user/application_credentials.html">Application credentials</a>
 */
@NameWith(OpenStackApplicationCredential.NameProvider.class)
public interface OpenStackApplicationCredential extends StandardCredentials {
    /** Its id, or its name if there is a user. */
    String getCredential();

    /** The user it belongs to; null if it is given by its id. */
    @CheckForNull
    String getUser();

    /** The user's domain by name or id; null if there is no user. */
    @CheckForNull
    String getUserDomain();

    /** May ask the store that keeps it. */
    Secret getSecret() throws IOException, InterruptedException;

    /** How drop-downs show it. */
    final class NameProvider extends CredentialsNameProvider<OpenStackApplicationCredential> {
        @Override
        public String getName(OpenStackApplicationCredential credentials) {
            String description = Util.fixEmptyAndTrim(credentials.getDescription());
            return credentials.getCredential() + "/******" + (description == null ? "" : " (" + description + ")");
        }
    }
}
