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

/** {@code withCredentials([openStackPassword(…)])}: the parts of an {@link OpenStackPassword} in variables. */
public final class OpenStackPasswordBinding extends MultiBinding<OpenStackPassword> {
    private String userVariable = "OS_USERNAME";
    private String domainVariable = "OS_USER_DOMAIN_NAME";
    private String passwordVariable = "OS_PASSWORD";

    @DataBoundConstructor
    public OpenStackPasswordBinding(String credentialsId) {
        super(credentialsId);
    }

    public String getUserVariable() {
        return userVariable;
    }

    /** Default: {@code OS_USERNAME}. */
    @DataBoundSetter
    public void setUserVariable(String userVariable) {
        this.userVariable = Util.fixNull(Util.fixEmptyAndTrim(userVariable), "OS_USERNAME");
    }

    public String getDomainVariable() {
        return domainVariable;
    }

    /** Default: {@code OS_USER_DOMAIN_NAME}. */
    @DataBoundSetter
    public void setDomainVariable(String domainVariable) {
        this.domainVariable = Util.fixNull(Util.fixEmptyAndTrim(domainVariable), "OS_USER_DOMAIN_NAME");
    }

    public String getPasswordVariable() {
        return passwordVariable;
    }

    /** Default: {@code OS_PASSWORD}. */
    @DataBoundSetter
    public void setPasswordVariable(String passwordVariable) {
        this.passwordVariable = Util.fixNull(Util.fixEmptyAndTrim(passwordVariable), "OS_PASSWORD");
    }

    @Override
    protected Class<OpenStackPassword> type() {
        return OpenStackPassword.class;
    }

    @Override
    public MultiEnvironment bind(Run<?, ?> build, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        OpenStackPassword credentials = getCredentials(build);
        return new MultiEnvironment(
                Map.of(passwordVariable, credentials.getPassword().getPlainText()),
                Map.of(userVariable, credentials.getUser(), domainVariable, credentials.getUserDomain()));
    }

    @Override
    public Set<String> variables(Run<?, ?> build) throws CredentialNotFoundException {
        return Set.of(passwordVariable);
    }

    @Extension
    @Symbol("openStackPassword")
    public static final class DescriptorImpl extends BindingDescriptor<OpenStackPassword> {
        @Override
        protected Class<OpenStackPassword> type() {
            return OpenStackPassword.class;
        }

        @Override
        public String getDisplayName() {
            return Messages.StoredOpenStackPassword_DisplayName();
        }

        @Override
        public boolean requiresWorkspace() {
            return false;
        }
    }
}
