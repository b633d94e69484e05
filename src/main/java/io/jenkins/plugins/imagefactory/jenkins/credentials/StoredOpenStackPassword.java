package io.jenkins.plugins.imagefactory.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.security.AccessControlled;
import hudson.util.FormValidation;
import hudson.util.Secret;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An {@link OpenStackPassword} in Jenkins' own store. */
public final class StoredOpenStackPassword extends BaseStandardCredentials implements OpenStackPassword {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_DOMAIN = "default";

    private final String user;
    private final Secret password;
    private String userDomain = DEFAULT_DOMAIN;

    @DataBoundConstructor
    public StoredOpenStackPassword(
            CredentialsScope scope, String id, String description, String user, Secret password) {
        super(scope, id, description);
        this.user = Util.fixNull(user).trim();
        this.password = password;
    }

    @Override
    public String getUser() {
        return user;
    }

    @Override
    public Secret getPassword() {
        return password;
    }

    @Override
    public String getUserDomain() {
        return userDomain;
    }

    /** By name or id. Default: {@code default}. */
    @DataBoundSetter
    public void setUserDomain(String userDomain) {
        this.userDomain = Objects.requireNonNullElse(Util.fixEmptyAndTrim(userDomain), DEFAULT_DOMAIN);
    }

    @Extension
    @Symbol("openStackPassword")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.StoredOpenStackPassword_DisplayName();
        }

        @Override
        public String getDescription() {
            return Messages.StoredOpenStackPassword_Description();
        }

        @Override
        public String getIconClassName() {
            return "symbol-id-card";
        }

        @POST
        public FormValidation doCheckUser(@AncestorInPath AccessControlled place, @QueryParameter String value) {
            return CredentialsForm.check(place, () -> FormValidation.validateRequired(value));
        }

        @POST
        public FormValidation doCheckPassword(@AncestorInPath AccessControlled place, @QueryParameter Secret value) {
            return CredentialsForm.check(place, () -> FormValidation.validateRequired(value.getPlainText()));
        }
    }
}
