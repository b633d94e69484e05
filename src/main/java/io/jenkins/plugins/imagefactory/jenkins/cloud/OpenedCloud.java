package io.jenkins.plugins.imagefactory.jenkins.cloud;

import io.jenkins.plugins.imagefactory.openstack.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.Scope;
import io.jenkins.plugins.imagefactory.openstack.Session;

/**
 * A cloud as one build may use it. On the controller only: it holds secrets.
 *
 * @param caCertificates PEM of the authorities to believe; null for the ones that everybody believes
 */
public record OpenedCloud(String name, ClientOptions options, String caCertificates, HttpTransport http) {

    /**
     * A login that begins when it is first used.
     *
     * @throws OpenStackException if nobody says to which project: Keystone would silently take the user's default one
     */
    public Session login() throws OpenStackException {
        CloudLogin login = options.toLogin(name);
        if (lacksProject(login)) {
            throw new OpenStackException(
                    "OpenStack cloud '" + name
                            + "' has no default project: set 'project' on the step, or in Manage Jenkins, System, OpenStack clouds");
        }
        return new Session(http, login);
    }

    /** The same cloud, to which nothing more is sent once {@code permission} throws. */
    public OpenedCloud asking(Runnable permission) {
        return new OpenedCloud(name, options, caCertificates, http.asking(permission));
    }

    static boolean lacksProject(CloudLogin login) {
        return login.scope() instanceof Scope.OfIdentity && login.identity().choosesProject();
    }
}
