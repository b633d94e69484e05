package io.jenkins.plugins.imagefactory.jenkins.credentials;

import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.credentialsbinding.BindingDescriptor;
import org.jenkinsci.plugins.credentialsbinding.MultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code withCredentials([openStackApplicationCredential(…)])}: id or name, and secret, of an
 * {@link OpenStackApplicationCredential} in variables.
 */
public final class OpenStackApplicationCredentialBinding extends MultiBinding<OpenStackApplicationCredential> {
    private String credentialVariable = "OS_APPLICATION_CREDENTIAL_ID";
    private String secretVariable = "OS_APPLICATION_CREDENTIAL_SECRET";

    @DataBoundConstructor
    public OpenStackApplicationCredentialBinding(String credentialsId) {
        super(credentialsId);
    }

    public String getCredentialVariable() {
        return credentialVariable;
    }

    /** Default: {@code OS_APPLICATION_CREDENTIAL_ID}. */
    @DataBoundSetter
    public void setCredentialVariable(String credentialVariable) {
        this.credentialVariable =
                Util.fixNull(Util.fixEmptyAndTrim(credentialVariable), "OS_APPLICATION_CREDENTIAL_ID");
    }

    public String getSecretVariable() {
        return secretVariable;
    }

    /** Default: {@code OS_APPLICATION_CREDENTIAL_SECRET}. */
    @DataBoundSetter
    public void setSecretVariable(String secretVariable) {
        this.secretVariable = Util.fixNull(Util.fixEmptyAndTrim(secretVariable), "OS_APPLICATION_CREDENTIAL_SECRET");
    }

    @Override
    protected Class<OpenStackApplicationCredential> type() {
        return OpenStackApplicationCredential.class;
    }

    @Override
    public MultiEnvironment bind(Run<?, ?> build, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        OpenStackApplicationCredential credentials = getCredentials(build);
        return new MultiEnvironment(
                Map.of(secretVariable, credentials.getSecret().getPlainText()),
                Map.of(credentialVariable, credentials.getCredential()));
    }

    @Override
    public Set<String> variables(Run<?, ?> build) throws CredentialNotFoundException {
        return Set.of(secretVariable);
    }

    @Extension
    @Symbol("openStackApplicationCredential")
    public static final class DescriptorImpl extends BindingDescriptor<OpenStackApplicationCredential> {
        @Override
        protected Class<OpenStackApplicationCredential> type() {
            return OpenStackApplicationCredential.class;
        }

        @Override
        public String getDisplayName() {
            return Messages.StoredOpenStackApplicationCredential_DisplayName();
        }

        @Override
        public boolean requiresWorkspace() {
            return false;
        }
    }
}
