package io.jenkins.plugins.imagefactory.openstack;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import java.net.URI;
import java.time.Duration;

/** Logins to the test cloud. */
final class TestSessions {
    static final HttpTransport HTTP = new HttpTransport(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private TestSessions() {}

    static Session of(OpenStack cloud, User user, Project project) {
        return of(cloud.authUrl(), user, project.name(), project.domain());
    }

    static Session of(URI authUrl, User user, String project, String projectDomain) {
        return new Session(
                HTTP,
                new CloudEndpoint("testcloud", authUrl, OpenStack.REGION, "public"),
                new Identity.Password(user.name(), user.domain(), user.password()),
                project,
                projectDomain);
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
