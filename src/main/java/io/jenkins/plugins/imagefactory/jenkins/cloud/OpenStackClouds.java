package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The OpenStack clouds of this Jenkins: Manage Jenkins, System, or {@code unclassified: openStackClouds:} in JCasC. */
@Extension
@Symbol("openStackClouds")
public final class OpenStackClouds extends GlobalConfiguration implements CloudAccess {
    private static final String PLACE = "Manage Jenkins, System, OpenStack clouds";

    private volatile List<OpenStackCloud> clouds = new ArrayList<>();
    private final transient Map<HttpSettings, HttpTransport> connections = new HashMap<>();

    public OpenStackClouds() {
        load();
    }

    public static OpenStackClouds get() {
        return ExtensionList.lookupSingleton(OpenStackClouds.class);
    }

    public List<OpenStackCloud> getClouds() {
        return List.copyOf(clouds);
    }

    @DataBoundSetter
    public void setClouds(List<OpenStackCloud> clouds) {
        this.clouds = new ArrayList<>(clouds);
        dropConnections();
        CloudMenu.forget();
        save();
    }

    /**
     * Takes the place of the clouds that builds see once all of the form is read. A form from which the last cloud was
     * removed sends no list at all.
     */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        List<OpenStackCloud> configured = request.bindJSONToList(OpenStackCloud.class, form.opt("clouds"));
        Set<String> names = new HashSet<>();
        for (OpenStackCloud cloud : configured) {
            if (!names.add(cloud.getName())) {
                throw new FormException(Messages.OpenStackClouds_SameName(cloud.getName()), "clouds");
            }
        }
        setClouds(configured);
        return true;
    }

    /**
     * A drop-down of the configured clouds, for those who may configure the job; always the current value, and an empty
     * one for the only cloud.
     *
     * @param item null outside of any job
     */
    public ListBoxModel options(@CheckForNull Item item, String current) {
        Set<String> names = new LinkedHashSet<>();
        if (mayConfigure(item)) {
            clouds.forEach(cloud -> names.add(cloud.getName()));
        }
        String only = names.size() == 1
                ? Messages.OpenStackClouds_OnlyCloudNamed(names.iterator().next())
                : Messages.OpenStackClouds_OnlyCloud();
        names.add(Util.fixNull(current));
        names.remove("");
        ListBoxModel options = new ListBoxModel();
        options.add(only, "");
        names.forEach(options::add);
        return options;
    }

    /**
     * Whether the user may fill in the form.
     *
     * @param item null outside of any job
     */
    public static boolean mayConfigure(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /** The page of an image in the dashboard of a cloud; null if its configuration tells of none. */
    @CheckForNull
    public String horizonPage(String cloud, String image) {
        return horizon(cloud, "/project/images/" + image + "/");
    }

    /** The same of a stack. */
    @CheckForNull
    public String horizonStackPage(String cloud, String stack) {
        return horizon(cloud, "/project/stacks/stack/" + stack + "/");
    }

    @CheckForNull
    private String horizon(String cloud, String page) {
        return clouds.stream()
                .filter(configured -> configured.getName().equals(cloud) && configured.getHorizonUrl() != null)
                .map(configured -> configured.getHorizonUrl().replaceFirst("/*$", "") + page)
                .findFirst()
                .orElse(null);
    }

    @Override
    public OpenedCloud open(Run<?, ?> run, CloudChoice choice) throws IOException, InterruptedException {
        OpenStackCloud cloud = chosen(choice);
        String credentialsId = Objects.requireNonNullElse(choice.credentialsId(), cloud.getCredentialsId());
        StandardCredentials credentials = credentialsId.isEmpty()
                ? null
                : CloudCredentials.of(run, credentialsId, cloud.getName(), cloud.getAuthUrl());
        ClientOptions options = cloud.options(credentials, choice.project());
        return cloud.opened(options, connect(cloud.connections(options)));
    }

    /**
     * The cloud as the form of a job asks it: soon or not at all. Its connections are the caller's to close.
     *
     * @param item null outside of any job
     */
    OpenedCloud open(@CheckForNull Item item, CloudChoice choice, Duration patience)
            throws IOException, InterruptedException {
        OpenStackCloud cloud = chosen(choice);
        String credentialsId = Objects.requireNonNullElse(choice.credentialsId(), cloud.getCredentialsId());
        StandardCredentials credentials = credentialsId.isEmpty()
                ? null
                : CloudCredentials.of(item, credentialsId, cloud.getName(), cloud.getAuthUrl());
        ClientOptions options = cloud.options(credentials, choice.project());
        HttpSettings settings = cloud.connections(options).withPatience(patience);
        return cloud.opened(options, new HttpTransport(settings));
    }

    /** Whether there is a cloud of that name. */
    public boolean has(String name) {
        return clouds.stream().anyMatch(cloud -> cloud.getName().equals(name));
    }

    /** Credentials that are a clouds.yaml or an openrc need no configured cloud: they know it all. */
    private OpenStackCloud chosen(CloudChoice choice) throws AbortException {
        List<String> names = clouds.stream().map(OpenStackCloud::getName).toList();
        if (choice.credentialsId() != null
                && (choice.cloud() == null ? names.isEmpty() : !names.contains(choice.cloud()))) {
            OpenStackCloud unconfigured =
                    new OpenStackCloud(Objects.requireNonNullElse(choice.cloud(), choice.credentialsId()), "", "");
            unconfigured.setAllowUnencryptedEndpoints(true);
            return unconfigured;
        }
        if (names.isEmpty()) {
            throw new AbortException("no OpenStack cloud is configured: add one in " + PLACE);
        }
        if (choice.cloud() == null && names.size() > 1) {
            throw new AbortException("several OpenStack clouds are configured, so 'cloud' must name one of " + names);
        }
        int index = choice.cloud() == null ? 0 : names.indexOf(choice.cloud());
        if (index < 0) {
            throw new AbortException("there is no OpenStack cloud '" + choice.cloud() + "': use one of " + names
                    + ", or add it in " + PLACE);
        }
        return clouds.get(index);
    }

    private HttpTransport connect(HttpSettings settings) throws IOException {
        synchronized (connections) {
            HttpTransport http = connections.get(settings);
            if (http == null) {
                http = new HttpTransport(settings);
                connections.put(settings, http);
            }
            return http;
        }
    }

    /** Builds that still use a connection keep it until they are done. */
    private void dropConnections() {
        synchronized (connections) {
            connections.clear();
        }
    }
}
