package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernameListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.openstack.CloudEndpoint;
import io.jenkins.plugins.imagefactory.openstack.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.Identity;
import io.jenkins.plugins.imagefactory.openstack.Session;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One cloud of the global configuration: where it is, who logs in, and to which project unless a step says another. */
public final class OpenStackCloud implements Describable<OpenStackCloud> {
    private static final String DEFAULT_DOMAIN = "default";
    private static final String DEFAULT_INTERFACE = "public";

    private final String name;
    private final String authUrl;
    private final String credentialsId;
    private String userDomain = DEFAULT_DOMAIN;
    private String project;
    private String projectDomain = DEFAULT_DOMAIN;
    private String region;
    private String endpointInterface = DEFAULT_INTERFACE;

    /**
     * @param name by which steps name the cloud
     * @param authUrl Keystone's address, with or without {@code /v3}
     * @param credentialsId of a username with password
     */
    @DataBoundConstructor
    public OpenStackCloud(String name, String authUrl, String credentialsId) {
        this.name = Util.fixNull(name).trim();
        this.authUrl = Util.fixNull(authUrl).trim();
        this.credentialsId = Util.fixNull(credentialsId);
    }

    public String getName() {
        return name;
    }

    public String getAuthUrl() {
        return authUrl;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public String getUserDomain() {
        return userDomain;
    }

    /** Domain of the user, by name or id. Default: {@code default}. */
    @DataBoundSetter
    public void setUserDomain(String userDomain) {
        this.userDomain = orDefault(userDomain, DEFAULT_DOMAIN);
    }

    public String getProject() {
        return project;
    }

    /** Default project, by name or id, of steps that name none. */
    @DataBoundSetter
    public void setProject(String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    public String getProjectDomain() {
        return projectDomain;
    }

    /** Domain of projects given by name, by name or id. Default: {@code default}. */
    @DataBoundSetter
    public void setProjectDomain(String projectDomain) {
        this.projectDomain = orDefault(projectDomain, DEFAULT_DOMAIN);
    }

    public String getRegion() {
        return region;
    }

    /** Region of the endpoints. Default: the first that the catalog names. */
    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    public String getEndpointInterface() {
        return endpointInterface;
    }

    /** Which endpoints to use: public (the default), internal or admin. */
    @DataBoundSetter
    public void setEndpointInterface(String endpointInterface) {
        this.endpointInterface = orDefault(endpointInterface, DEFAULT_INTERFACE);
    }

    /**
     * A session for a build, with the credentials that the build's scope holds.
     *
     * @param stepProject null for this cloud's default project
     */
    Session login(HttpTransport http, Run<?, ?> run, String stepProject) throws AbortException {
        String chosen = Objects.requireNonNullElse(stepProject, Util.fixNull(project));
        if (chosen.isEmpty()) {
            throw new AbortException(
                    "OpenStack cloud '" + name
                            + "' has no default project: set 'project' on the step, or in Manage Jenkins, System, OpenStack clouds");
        }
        return new Session(http, endpoint(), identity(run), chosen, projectDomain);
    }

    private CloudEndpoint endpoint() throws AbortException {
        try {
            return new CloudEndpoint(name, new URI(authUrl), region, endpointInterface);
        } catch (URISyntaxException e) {
            throw new AbortException("the address '" + authUrl + "' of OpenStack cloud '" + name
                    + "' is no URL: correct it in Manage Jenkins, System, OpenStack clouds");
        }
    }

    private Identity identity(Run<?, ?> run) throws AbortException {
        StandardUsernamePasswordCredentials credentials = CredentialsProvider.findCredentialById(
                credentialsId,
                StandardUsernamePasswordCredentials.class,
                run,
                URIRequirementBuilder.fromUri(authUrl).build());
        if (credentials == null) {
            throw new AbortException("credentials '" + credentialsId + "' of OpenStack cloud '" + name
                    + "' do not exist, are no username with password, or are not visible to this job");
        }
        CredentialsProvider.track(run, credentials);
        return new Identity.Password(
                credentials.getUsername(), userDomain, credentials.getPassword().getPlainText());
    }

    private static String orDefault(String value, String otherwise) {
        return Objects.requireNonNullElse(Util.fixEmptyAndTrim(value), otherwise);
    }

    @Extension
    @Symbol("openStackCloud")
    public static final class DescriptorImpl extends Descriptor<OpenStackCloud> {
        @Override
        public String getDisplayName() {
            return Messages.OpenStackCloud_DisplayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            StandardUsernameListBoxModel items = new StandardUsernameListBoxModel();
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                items.includeEmptyValue();
                items.includeAs(ACL.SYSTEM2, (Item) null, StandardUsernamePasswordCredentials.class);
            }
            items.includeCurrentValue(credentialsId);
            return items;
        }

        @POST
        public ListBoxModel doFillEndpointInterfaceItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("public");
            items.add("internal");
            items.add("admin");
            return items;
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FormValidation.validateRequired(value);
        }

        @POST
        public FormValidation doCheckAuthUrl(@QueryParameter String value) {
            try {
                URI uri = new URI(Util.fixNull(value).trim());
                return uri.getHost() != null && Util.fixNull(uri.getScheme()).startsWith("http")
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.OpenStackCloud_AuthUrlNeeded());
            } catch (URISyntaxException e) {
                return FormValidation.error(Messages.OpenStackCloud_AuthUrlNeeded());
            }
        }
    }
}
