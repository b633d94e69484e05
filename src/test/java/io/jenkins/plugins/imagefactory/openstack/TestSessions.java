package io.jenkins.plugins.imagefactory.openstack;

import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.Trust;
import io.jenkins.plugins.imagefactory.openstack.image.ImageUpload;
import io.jenkins.plugins.imagefactory.openstack.image.NewImage;
import io.jenkins.plugins.imagefactory.openstack.image.SilentObserver;
import io.jenkins.plugins.imagefactory.openstack.login.CloudEndpoint;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.Identity;
import io.jenkins.plugins.imagefactory.openstack.login.Scope;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Logins to the test cloud. */
public final class TestSessions {
    public static final HttpSettings SETTINGS =
            new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), 0, Trust.JAVA, null);
    public static final HttpTransport HTTP = transport(SETTINGS);

    public static final ImageUpload.Observer OBSERVER = new SilentObserver();

    private TestSessions() {}

    public static Session of(OpenStack cloud, User user, Project project) {
        return of(cloud.authUrl(), user, project.name(), project.domain());
    }

    public static Session of(URI authUrl, User user, String project, String projectDomain) {
        return new Session(
                HTTP, new CloudLogin(endpoint(authUrl), password(user), new Scope.OfProject(project, projectDomain)));
    }

    public static CloudEndpoint endpoint(URI authUrl) {
        return new CloudEndpoint("testcloud", authUrl, OpenStack.REGION, "public");
    }

    public static Identity password(User user) {
        return new Identity.Password(user.name(), user.domain(), user.password());
    }

    public static HttpTransport transport(HttpSettings settings) {
        try {
            return new HttpTransport(settings);
        } catch (OpenStackException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Through a proxy before Glance. */
    public static Session through(FaultyProxy proxy, OpenStack cloud, User user, Project project) {
        return through(HTTP, proxy, cloud, user, project);
    }

    public static Session through(HttpTransport http, FaultyProxy proxy, OpenStack cloud, User user, Project project) {
        return new Session(
                http,
                new CloudLogin(
                        new CloudEndpoint(
                                "testcloud", cloud.authUrl(), OpenStack.REGION, "public", Map.of("image", proxy.url())),
                        password(user),
                        new Scope.OfProject(project.name(), project.domain())));
    }

    public static NewImage rawImage(String name) {
        return new NewImage(
                name,
                io.jenkins.plugins.imagefactory.image.DiskFormat.RAW,
                "bare",
                "shared",
                0,
                0,
                false,
                false,
                java.util.List.of(),
                java.util.Map.of());
    }
}
