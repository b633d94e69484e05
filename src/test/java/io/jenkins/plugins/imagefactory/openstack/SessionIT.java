package io.jenkins.plugins.imagefactory.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenStackExtension.class)
class SessionIT {

    @Test
    void logsInToAProjectByNameOrById(OpenStack cloud) throws Exception {
        Session byName = TestSessions.of(cloud, User.BUILDER, Project.DEV);
        Session byId = TestSessions.of(cloud.authUrl(), User.BUILDER, cloud.id(Project.DEV), "default");

        assertThat(byName.project().id()).isEqualTo(cloud.id(Project.DEV));
        assertThat(byId.project()).isEqualTo(byName.project());
    }

    @Test
    void tellsProjectsOfOneNameApartByTheirDomain(OpenStack cloud) throws Exception {
        assertThat(TestSessions.of(cloud, User.PARTNER, Project.PARTNERS_SHARED_NAME)
                        .project()
                        .id())
                .isEqualTo(cloud.id(Project.PARTNERS_SHARED_NAME));
    }

    @Test
    void aKeystoneAddressWithoutItsVersionWorksToo(OpenStack cloud) throws Exception {
        URI unversioned = URI.create(cloud.authUrl().toString().replaceFirst("/v3/?$", ""));

        assertThat(TestSessions.of(unversioned, User.BUILDER, "factory", "default")
                        .token())
                .isNotBlank();
    }

    @Test
    void aWrongPasswordIsNamedAsSuchAndNotPrinted(OpenStack cloud) {
        User wrong = User.BUILDER.withPassword("guess-4711");

        assertThatThrownBy(() -> TestSessions.of(cloud, wrong, Project.FACTORY).token())
                .isInstanceOf(OpenStackException.class)
                .hasMessage(
                        "cloud 'testcloud' (" + cloud.authUrl()
                                + ") refused user 'builder' of domain 'Default': wrong user, domain or password, or the user is disabled");
    }

    @Test
    void aProjectThatDoesNotExistIsToldFromAWrongPassword(OpenStack cloud) {
        assertThatThrownBy(() -> TestSessions.of(cloud.authUrl(), User.BUILDER, "nowhere", "default")
                        .token())
                .hasMessageStartingWith("project 'nowhere' does not exist in cloud 'testcloud', or user 'builder'")
                .hasMessageContaining("it has roles on [dev, factory, prod-a, prod-b]");
    }

    @Test
    void aRegionThatTheCatalogDoesNotHaveIsNamed(OpenStack cloud) {
        Session session = new Session(
                TestSessions.HTTP,
                new CloudLogin(
                        new CloudEndpoint("testcloud", cloud.authUrl(), "Atlantis", "public"),
                        TestSessions.password(User.BUILDER),
                        new Scope.OfProject("factory", "default")));

        assertThatThrownBy(session::glance)
                .hasMessageContaining("no public endpoint of type 'image' in region 'Atlantis'");
    }

    @Test
    void aCloudThatIsNotThereIsNamedWithItsAddress() {
        assertThatThrownBy(
                        () -> TestSessions.of(URI.create("http://127.0.0.1:1/v3"), User.BUILDER, "factory", "default")
                                .token())
                .hasMessage("Keystone at http://127.0.0.1:1/v3/auth/tokens could not be reached: connection refused");
        assertThatThrownBy(() -> TestSessions.of(
                                URI.create("http://no-such-host.invalid/v3"), User.BUILDER, "factory", "default")
                        .token())
                .hasMessageEndingWith("its host name is unknown");
    }

    @Test
    void aRejectedTokenIsReplacedAndTheRequestSentAgain(OpenStack cloud) throws Exception {
        Session session = TestSessions.of(cloud, User.BUILDER, Project.FACTORY);
        Glance glance = session.glance();
        cloud.revoke(session.token());

        assertThat(glance.named("no image of this name")).isEmpty();
    }
}
