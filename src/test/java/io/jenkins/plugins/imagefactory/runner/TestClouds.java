package io.jenkins.plugins.imagefactory.runner;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import io.jenkins.plugins.imagefactory.openstack.CloudEndpoint;
import io.jenkins.plugins.imagefactory.openstack.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.Identity;
import io.jenkins.plugins.imagefactory.openstack.Session;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/** The one cloud that is configured in the runner's Jenkins: the test cloud, as one of its users. */
public final class TestClouds implements CloudAccess, Closeable {
    public static final String NAME = "testcloud";

    private final HttpTransport http = new HttpTransport(Duration.ofSeconds(5), Duration.ofSeconds(30));
    private final OpenStack cloud;
    private final User user;

    public TestClouds(OpenStack cloud, User user) {
        this.cloud = cloud;
        this.user = user;
    }

    @Override
    public Session login(Run<?, ?> run, String name, String project) throws AbortException {
        if (!Objects.requireNonNullElse(name, NAME).equals(NAME)) {
            throw new AbortException("there is no OpenStack cloud '" + name + "'");
        }
        return new Session(
                http,
                new CloudEndpoint(NAME, cloud.authUrl(), OpenStack.REGION, "public"),
                new Identity.Password(user.name(), user.domain(), user.password()),
                Objects.requireNonNullElse(project, Project.FACTORY.name()),
                "default");
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
