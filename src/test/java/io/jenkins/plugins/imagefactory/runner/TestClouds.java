package io.jenkins.plugins.imagefactory.runner;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import java.io.Closeable;
import java.net.URI;
import java.util.Objects;

/** The one cloud that is configured in the runner's Jenkins: the test cloud, as one of its users. */
public final class TestClouds implements CloudAccess, Closeable {
    public static final String NAME = "testcloud";

    private final HttpTransport http;
    private final ClientOptions options;

    public TestClouds(OpenStack cloud, User user) {
        this(options(cloud, user).withProject(Project.FACTORY.name(), "default"));
    }

    /** The same with another address of a service than the catalog's, or with one that the catalog does not have. */
    public static TestClouds withService(OpenStack cloud, User user, String type, URI address) {
        return new TestClouds(options(cloud, user)
                .withProject(Project.FACTORY.name(), "default")
                .with(type + "_endpoint_override", address.toString()));
    }

    /** The same through others who pass on what is asked. */
    public static TestClouds at(OpenStack cloud, User user, URI keystone, URI glance) {
        return new TestClouds(options(cloud, user)
                .withProject(Project.FACTORY.name(), "default")
                .with("auth_url", keystone + "/v3")
                .with("image_endpoint_override", glance.toString()));
    }

    /** Another cloud than the test cloud. */
    public TestClouds(ClientOptions options) {
        this.options = options;
        try {
            http = new HttpTransport(HttpSettings.DEFAULT);
        } catch (OpenStackException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClientOptions options(OpenStack cloud, User user) {
        return ClientOptions.none()
                .with("auth_url", cloud.authUrl().toString())
                .with("region_name", OpenStack.REGION)
                .with("username", user.name())
                .withDomain("user_domain", user.domain())
                .with("password", user.password());
    }

    @Override
    public OpenedCloud open(Run<?, ?> run, CloudChoice choice) throws AbortException {
        if (!Objects.requireNonNullElse(choice.cloud(), NAME).equals(NAME)) {
            throw new AbortException("there is no OpenStack cloud '" + choice.cloud() + "'");
        }
        return new OpenedCloud(NAME, options.withProject(choice.project(), null), null, true, http);
    }

    @Override
    public CloudAccess choosing(CloudChoice choice) {
        return (run, inner) -> open(run, inner.within(choice));
    }

    @Override
    public void close() {
        http.close();
    }
}
