package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.openstack.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The OpenStack clouds of this Jenkins: Manage Jenkins, System, or {@code unclassified: openStackClouds:} in JCasC. */
@Extension
@Symbol("openStackClouds")
public final class OpenStackClouds extends GlobalConfiguration implements CloudAccess {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    private List<OpenStackCloud> clouds = new ArrayList<>();
    private final transient HttpTransport http = new HttpTransport(CONNECT_TIMEOUT, RESPONSE_TIMEOUT);

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
        save();
    }

    /** A form from which the last cloud was removed sends no list at all. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        clouds = new ArrayList<>();
        request.bindJSON(this, form);
        save();
        return true;
    }

    @Override
    public Session login(Run<?, ?> run, String cloud, String project) throws AbortException {
        return named(cloud).login(http, run, project);
    }

    private OpenStackCloud named(String name) throws AbortException {
        List<String> names = clouds.stream().map(OpenStackCloud::getName).toList();
        if (names.isEmpty()) {
            throw new AbortException(
                    "no OpenStack cloud is configured: add one in Manage Jenkins, System, OpenStack clouds");
        }
        if (name == null && names.size() > 1) {
            throw new AbortException("several OpenStack clouds are configured, so 'cloud' must name one of " + names);
        }
        int index = name == null ? 0 : names.indexOf(name);
        if (index < 0) {
            throw new AbortException("there is no OpenStack cloud '" + name + "': use one of " + names
                    + ", or add it in Manage Jenkins, System, OpenStack clouds");
        }
        return clouds.get(index);
    }
}
