package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.credentials.CredentialOptions;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.Trust;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One cloud of the global configuration: where it is, who logs in, and to which project unless a step says another. */
public final class OpenStackCloud implements Describable<OpenStackCloud> {
    private final String name;
    private final String authUrl;
    private final String credentialsId;
    private String userDomain;
    private String project;
    private String projectDomain;
    private String region;
    private String endpointInterface;
    private String caCertificate;
    private boolean skipTlsVerification;
    private Boolean allowUnencryptedEndpoints = false;
    private Integer connectTimeout;
    private Integer responseTimeout;
    private String horizonUrl;

    /**
     * @param name by which steps name the cloud
     * @param authUrl Keystone's address, with or without {@code /v3}; empty if the credentials are a file that tells it
     * @param credentialsId of any kind that {@link CredentialOptions} knows; empty if every step brings its own
     */
    @DataBoundConstructor
    public OpenStackCloud(String name, String authUrl, String credentialsId) {
        this.name = Util.fixNull(name).trim();
        this.authUrl = Util.fixNull(authUrl).trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** Clouds that were configured before there was a choice go on as they did. */
    private Object readResolve() {
        allowUnencryptedEndpoints = Objects.requireNonNullElse(allowUnencryptedEndpoints, true);
        return this;
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

    /** Domain of a user whose credentials do not tell, by name or id. Default: {@code default}. */
    @DataBoundSetter
    public void setUserDomain(String userDomain) {
        this.userDomain = Util.fixEmptyAndTrim(userDomain);
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
        this.projectDomain = Util.fixEmptyAndTrim(projectDomain);
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
        this.endpointInterface = Util.fixEmptyAndTrim(endpointInterface);
    }

    public String getCaCertificate() {
        return caCertificate;
    }

    /** PEM of the certificate authorities to believe. Default: the ones that Java comes with. */
    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    public boolean isSkipTlsVerification() {
        return skipTlsVerification;
    }

    /** Whether to believe every TLS certificate, which protects from nobody. Default: false. */
    @DataBoundSetter
    public void setSkipTlsVerification(boolean skipTlsVerification) {
        this.skipTlsVerification = skipTlsVerification;
    }

    public boolean isAllowUnencryptedEndpoints() {
        return allowUnencryptedEndpoints;
    }

    /** Whether tokens of a login over https may travel in clear to services that the catalog has over http. Default: false. */
    @DataBoundSetter
    public void setAllowUnencryptedEndpoints(boolean allowUnencryptedEndpoints) {
        this.allowUnencryptedEndpoints = allowUnencryptedEndpoints;
    }

    public Integer getConnectTimeout() {
        return connectTimeout;
    }

    /** Seconds for a connection to be made. Default: 20. */
    @DataBoundSetter
    public void setConnectTimeout(Integer connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Integer getResponseTimeout() {
        return responseTimeout;
    }

    /** Seconds that a service may be silent while it owes an answer. Default: 60. */
    @DataBoundSetter
    public void setResponseTimeout(Integer responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public String getHorizonUrl() {
        return horizonUrl;
    }

    /** Address of the dashboard, for links. Default: no links. */
    @DataBoundSetter
    public void setHorizonUrl(String horizonUrl) {
        this.horizonUrl = Util.fixEmptyAndTrim(horizonUrl);
    }

    /**
     * How to log in: what the credentials say, and over it what this configuration says.
     *
     * @param credentials null for none
     * @param stepProject null for this cloud's default project
     */
    ClientOptions options(@CheckForNull StandardCredentials credentials, @CheckForNull String stepProject)
            throws IOException, InterruptedException {
        return (credentials == null ? ClientOptions.none() : CredentialOptions.of(credentials, userDomain, name))
                .with("auth_url", authUrl)
                .with("region_name", region)
                .with("interface", endpointInterface)
                .with("verify", skipTlsVerification ? "false" : null)
                .withProject(project, projectDomain)
                .withProject(stepProject, null);
    }

    /** This cloud, by a login and connections that belong to it. */
    OpenedCloud opened(ClientOptions options, HttpTransport http) {
        return new OpenedCloud(name, options, caCertificate, !allowUnencryptedEndpoints, http);
    }

    HttpSettings connections(ClientOptions options) {
        return new HttpSettings(
                seconds(connectTimeout, HttpSettings.CONNECT_TIMEOUT),
                seconds(responseTimeout, HttpSettings.RESPONSE_TIMEOUT),
                HttpSettings.RETRIES,
                new Trust(caCertificate, options.verify()),
                JenkinsProxy.current());
    }

    private static Duration seconds(Integer count, Duration otherwise) {
        return count == null ? otherwise : Duration.ofSeconds(count);
    }

    @Extension
    @Symbol("openStackCloud")
    public static final class DescriptorImpl extends Descriptor<OpenStackCloud> {
        private static final Set<String> SCHEMES = Set.of("http", "https");

        @Override
        public String getDisplayName() {
            return Messages.OpenStackCloud_DisplayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CloudCredentials.options(null, credentialsId);
        }

        /** Empty for what a clouds.yaml or openrc says, or else public. */
        @POST
        public ListBoxModel doFillEndpointInterfaceItems(@QueryParameter String endpointInterface) {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.OpenStackCloud_DefaultInterface(), "");
            (Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                            ? Stream.of("public", "internal", "admin")
                            : Stream.ofNullable(Util.fixEmptyAndTrim(endpointInterface)))
                    .forEach(items::add);
            return items;
        }

        /** @param configuredName of the cloud before it was changed; empty for a new one */
        @POST
        public FormValidation doCheckName(@QueryParameter String value, @QueryParameter String configuredName) {
            return check(() -> {
                String name = Util.fixNull(value).trim();
                return !name.equals(configuredName) && OpenStackClouds.get().has(name)
                        ? FormValidation.error(Messages.OpenStackCloud_SameName(name))
                        : FormValidation.validateRequired(value);
            });
        }

        @POST
        public FormValidation doCheckAuthUrl(@QueryParameter String value, @QueryParameter String credentialsId) {
            return check(() -> {
                if (Util.fixEmptyAndTrim(value) == null
                        && CloudCredentials.ofSystem(Util.fixNull(credentialsId), "")
                                .filter(FileCredentials.class::isInstance)
                                .isPresent()) {
                    return FormValidation.ok();
                }
                if (Util.fixEmptyAndTrim(value) == null) {
                    return FormValidation.error(Messages.OpenStackCloud_AuthUrlNeeded());
                }
                return isAddress(value)
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.OpenStackCloud_AuthUrlWrong(value.trim()));
            });
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value) {
            return check(() -> {
                if (Util.fixEmptyAndTrim(value) != null) {
                    return CloudCredentials.ofSystem(value, "").isEmpty()
                            ? FormValidation.error(Messages.OpenStackCloud_UnknownCredentials(value))
                            : FormValidation.ok();
                }
                return CloudCredentials.options(null, "").size() > 1
                        ? FormValidation.warning(Messages.OpenStackCloud_NoCredentialsChosen())
                        : FormValidation.warning(Messages.OpenStackCloud_NoCredentialsExist());
            });
        }

        @POST
        public FormValidation doCheckCaCertificate(@QueryParameter String value) {
            return check(() -> {
                try {
                    if (Util.fixEmptyAndTrim(value) != null) {
                        Trust.certificates(value);
                    }
                    return FormValidation.ok();
                } catch (OpenStackException e) {
                    return FormValidation.error(e.getMessage());
                }
            });
        }

        @POST
        public FormValidation doCheckSkipTlsVerification(@QueryParameter boolean value) {
            return check(
                    () -> value ? FormValidation.warning(Messages.OpenStackCloud_Unverified()) : FormValidation.ok());
        }

        @POST
        public FormValidation doCheckAllowUnencryptedEndpoints(@QueryParameter boolean value) {
            return check(
                    () -> value ? FormValidation.warning(Messages.OpenStackCloud_Unencrypted()) : FormValidation.ok());
        }

        @POST
        public FormValidation doCheckConnectTimeout(@QueryParameter String value) {
            return check(() -> seconds(value));
        }

        @POST
        public FormValidation doCheckResponseTimeout(@QueryParameter String value) {
            return check(() -> seconds(value));
        }

        @POST
        public FormValidation doCheckHorizonUrl(@QueryParameter String value) {
            return check(() -> Util.fixEmptyAndTrim(value) == null || isAddress(value)
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.OpenStackCloud_HorizonUrlWrong(value.trim())));
        }

        /** Logs in with what the form holds. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter String authUrl,
                @QueryParameter String credentialsId,
                @QueryParameter String userDomain,
                @QueryParameter String project,
                @QueryParameter String projectDomain,
                @QueryParameter String region,
                @QueryParameter String endpointInterface,
                @QueryParameter String caCertificate,
                @QueryParameter boolean skipTlsVerification,
                @QueryParameter boolean allowUnencryptedEndpoints)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            OpenStackCloud cloud = new OpenStackCloud(name, authUrl, credentialsId);
            cloud.setUserDomain(userDomain);
            cloud.setProject(project);
            cloud.setProjectDomain(projectDomain);
            cloud.setRegion(region);
            cloud.setEndpointInterface(endpointInterface);
            cloud.setCaCertificate(caCertificate);
            cloud.setSkipTlsVerification(skipTlsVerification);
            cloud.setAllowUnencryptedEndpoints(allowUnencryptedEndpoints);
            return ConnectionTest.of(cloud);
        }

        private static FormValidation check(Supplier<FormValidation> check) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? check.get() : FormValidation.ok();
        }

        private static FormValidation seconds(String value) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.ok()
                    : FormValidation.validatePositiveInteger(value);
        }

        private static boolean isAddress(String value) {
            try {
                URI address = new URI(Util.fixNull(value).trim());
                return address.getHost() != null
                        && address.getUserInfo() == null
                        && SCHEMES.contains(Util.fixNull(address.getScheme()).toLowerCase(Locale.ROOT));
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
