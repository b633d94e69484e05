package io.jenkins.plugins.imagefactory.openstack;

import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Logins to the test cloud. */
final class TestSessions {
    static final HttpSettings SETTINGS =
            new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), 0, Trust.JAVA, null);
    static final HttpTransport HTTP = transport(SETTINGS);

    static final ImageUpload.Observer OBSERVER = new ImageUpload.Observer() {
        @Override
        public void begun(ImageUpload.Begun begun) {}

        @Override
        public void ended(String temporaryName) {}

        @Override
        public void retrying(String why, Duration pause) {}

        @Override
        public void waitingFor(String id) {}

        @Override
        public void replacedBy(String id) {}
    };

    private TestSessions() {}

    static Session of(OpenStack cloud, User user, Project project) {
        return of(cloud.authUrl(), user, project.name(), project.domain());
    }

    static Session of(URI authUrl, User user, String project, String projectDomain) {
        return new Session(
                HTTP, new CloudLogin(endpoint(authUrl), password(user), new Scope.OfProject(project, projectDomain)));
    }

    static CloudEndpoint endpoint(URI authUrl) {
        return new CloudEndpoint("testcloud", authUrl, OpenStack.REGION, "public");
    }

    static Identity password(User user) {
        return new Identity.Password(user.name(), user.domain(), user.password());
    }

    static HttpTransport transport(HttpSettings settings) {
        try {
            return new HttpTransport(settings);
        } catch (OpenStackException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Through a proxy before Glance. */
    static Session through(FaultyProxy proxy, OpenStack cloud, User user, Project project) {
        return through(HTTP, proxy, cloud, user, project);
    }

    static Session through(HttpTransport http, FaultyProxy proxy, OpenStack cloud, User user, Project project) {
        return new Session(
                http,
                new CloudLogin(
                        new CloudEndpoint(
                                "testcloud", cloud.authUrl(), OpenStack.REGION, "public", Map.of("image", proxy.url())),
                        password(user),
                        new Scope.OfProject(project.name(), project.domain())));
    }

    /** An image without data. */
    static Image create(Glance glance, String name) throws OpenStackException {
        return glance.create(rawImage(name).draft(UUID.randomUUID().toString(), name, Map.of()));
    }

    static NewImage rawImage(String name) {
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
