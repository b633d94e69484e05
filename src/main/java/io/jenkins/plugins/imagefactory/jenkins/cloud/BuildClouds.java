package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clouds that an operation of a build may use. Their secrets and tokens are masked before anybody gets them, and the
 * console tells of what is not safe about them.
 *
 * @param permission throws what ends the operation when nothing more may be sent to a cloud
 */
public record BuildClouds(
        Run<?, ?> run, CloudAccess access, Masking masking, TaskListener listener, Runnable permission) {
    /** The cloud, with the credentials that this build's scope holds; says so if its certificates are not verified. */
    public OpenedCloud open(CloudChoice choice) throws IOException, InterruptedException {
        OpenedCloud cloud = access.open(run, choice).asking(permission);
        masking.hide(cloud.secrets());
        if (!cloud.options().verify()) {
            warn("the TLS certificates of cloud '" + cloud.name() + "' are not verified");
        }
        return cloud;
    }

    /** A session in the chosen project that begins when it is first used. */
    public Session login(CloudChoice choice) throws IOException, InterruptedException {
        return login(open(choice));
    }

    /** The same; its token is that of the build, which is masked, and the console tells of services that are spoken to in clear. */
    public Session login(OpenedCloud cloud) throws OpenStackException {
        return cloud.login(observer(cloud), BuildTokens.of(run, cloud.details()));
    }

    /** The same with a token of its own, to be given to others: all of its life is before it, and they may end it. */
    public Session loginForOthers(OpenedCloud cloud) throws OpenStackException {
        return cloud.login(observer(cloud));
    }

    private Session.Observer observer(OpenedCloud cloud) {
        return new Session.Observer() {
            private final Set<String> told = ConcurrentHashMap.newKeySet();

            @Override
            public void gotToken(String token) {
                masking.hide(List.of(token));
            }

            @Override
            public void unencrypted(String service, URI address) {
                if (told.add(service)) {
                    warn("cloud '" + cloud.name() + "' logs in over https, but its service " + service + " is at "
                            + address + ": anybody on the way can read the token");
                }
            }
        };
    }

    private void warn(String sentence) {
        listener.getLogger().println("[openstack] Warning: " + sentence);
    }
}
