package io.jenkins.plugins.imagefactory.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.security.AccessControlled;
import hudson.util.FormValidation;
import hudson.util.Secret;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An {@link OpenStackApplicationCredential} in Jenkins' own store. */
public final class StoredOpenStackApplicationCredential extends BaseStandardCredentials
        implements OpenStackApplicationCredential {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_DOMAIN = "default";

    private final String credential;
    private final Secret secret;
    private String user;
    private String userDomain;

    /** @param credential its id; or its name, and then the user must be set, too */
    @DataBoundConstructor
    public StoredOpenStackApplicationCredential(
            CredentialsScope scope, String id, String description, String credential, Secret secret) {
        super(scope, id, description);
        this.credential = Util.fixNull(credential).trim();
        this.secret = secret;
    }

    @Override
    public String getCredential() {
        return credential;
    }

    @Override
    public Secret getSecret() {
        return secret;
    }

    @Override
    public String getUser() {
        return user;
    }

    /** The user it belongs to, of a credential given by name. */
    @DataBoundSetter
    public void setUser(String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    @Override
    public String getUserDomain() {
        return user == null ? null : Util.fixNull(userDomain, DEFAULT_DOMAIN);
    }

    /** The user's domain, by name or id. Default: {@code default}. */
    @DataBoundSetter
    public void setUserDomain(String userDomain) {
        this.userDomain = Util.fixEmptyAndTrim(userDomain);
    }

    @Extension
    @Symbol("openStackApplicationCredential")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.StoredOpenStackApplicationCredential_DisplayName();
        }

        @Override
        public String getDescription() {
            return Messages.StoredOpenStackApplicationCredential_Description();
        }

        @Override
        public String getIconClassName() {
            return "symbol-key";
        }

        @POST
        public FormValidation doCheckCredential(
                @AncestorInPath AccessControlled place, @QueryParameter String value, @QueryParameter String user) {
            return CredentialsForm.check(place, () -> identified(value, user));
        }

        private static FormValidation identified(String value, String user) {
            String credential = Util.fixNull(value).trim();
            if (credential.isEmpty()) {
                return FormValidation.error(Messages.StoredOpenStackApplicationCredential_CredentialNeeded());
            }
            return !credential.matches("[0-9a-fA-F]{32}") && Util.fixEmptyAndTrim(user) == null
                    ? FormValidation.error(Messages.StoredOpenStackApplicationCredential_UserNeeded(credential))
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckSecret(@AncestorInPath AccessControlled place, @QueryParameter Secret value) {
            return CredentialsForm.check(place, () -> FormValidation.validateRequired(value.getPlainText()));
        }
    }
}
