package io.jenkins.plugins.imagefactory.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.AccessControlled;
import hudson.util.FormValidation;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/** What can be said of a field while credentials are made or changed, to those who may do that there. */
final class CredentialsForm {
    private CredentialsForm() {}

    /** @param place the store or the credentials; null for Jenkins itself */
    static FormValidation check(@CheckForNull AccessControlled place, Supplier<FormValidation> check) {
        AccessControlled asked = place == null ? Jenkins.get() : place;
        return asked.hasPermission(CredentialsProvider.CREATE) || asked.hasPermission(CredentialsProvider.UPDATE)
                ? check.get()
                : FormValidation.ok();
    }
}
