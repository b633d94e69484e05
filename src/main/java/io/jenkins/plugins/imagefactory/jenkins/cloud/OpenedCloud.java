package io.jenkins.plugins.imagefactory.jenkins.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.HttpProxy;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.Scope;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.login.SharedToken;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A cloud as one build may use it. On the controller only: it holds secrets.
 *
 * @param caCertificates PEM of the authorities to believe; null for the ones that everybody believes
 * @param encryptedOnly whether a cloud that logs in over https may have services over https only
 */
public record OpenedCloud(
        String name,
        ClientOptions options,
        @CheckForNull String caCertificates,
        boolean encryptedOnly,
        HttpTransport http) {

    /**
     * A login that begins when it is first used.
     *
     * @throws OpenStackException if nobody says to which project: Keystone would silently take the user's default one
     */
    public Session login() throws OpenStackException {
        return login(Session.Observer.NONE);
    }

    /** The same, with an observer that hears of its tokens and of what is said in clear. */
    public Session login(Session.Observer observer) throws OpenStackException {
        return login(observer, new SharedToken());
    }

    /** The values that nobody may read: those of the login, and the password of the proxy on the way. */
    public Set<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>(options.secrets());
        HttpProxy proxy = http.settings().proxy();
        if (proxy != null && proxy.password() != null) {
            secrets.add(proxy.password());
        }
        return secrets;
    }

    /** The same with the token of others who have that login. */
    Session login(Session.Observer observer, SharedToken token) throws OpenStackException {
        CloudLogin login = details();
        if (lacksProject(login)) {
            throw new OpenStackException(
                    "OpenStack cloud '" + name
                            + "' has no default project: set 'project' on the step, or in Manage Jenkins, System, OpenStack clouds");
        }
        return new Session(http, login, observer, token);
    }

    /** Where the cloud is, who logs in, and to what. */
    CloudLogin details() throws OpenStackException {
        CloudLogin login = options.toLogin(name);
        return encryptedOnly ? login.onlyEncrypted() : login;
    }

    /** The same cloud, to which nothing more is sent once {@code permission} throws. */
    public OpenedCloud asking(Runnable permission) {
        return new OpenedCloud(name, options, caCertificates, encryptedOnly, http.asking(permission));
    }

    static boolean lacksProject(CloudLogin login) {
        return login.scope() instanceof Scope.OfIdentity && login.identity().choosesProject();
    }
}
