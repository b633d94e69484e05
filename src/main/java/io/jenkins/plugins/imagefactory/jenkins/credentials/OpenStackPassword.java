package io.jenkins.plugins.imagefactory.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.Util;
import hudson.util.Secret;
import java.io.IOException;

/** A user of Keystone, the domain the user lives in, and the password. */
@NameWith(OpenStackPassword.NameProvider.class)
public interface OpenStackPassword extends StandardCredentials {
    String getUser();

    /** By name or id. */
    String getUserDomain();

    /** May ask the store that keeps it. */
    Secret getPassword() throws IOException, InterruptedException;

    /** How drop-downs show it. */
    final class NameProvider extends CredentialsNameProvider<OpenStackPassword> {
        @Override
        public String getName(OpenStackPassword credentials) {
            String description = Util.fixEmptyAndTrim(credentials.getDescription());
            return credentials.getUser() + " (" + credentials.getUserDomain() + ")/******"
                    + (description == null ? "" : " (" + description + ")");
        }
    }
}
