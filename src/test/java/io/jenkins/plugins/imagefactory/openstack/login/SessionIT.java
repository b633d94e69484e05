package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.ApplicationCredential;
import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.TestImages;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

        assertThatThrownBy(() -> Glance.of(session))
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
        Glance glance = Glance.of(session);
        cloud.revoke(session.token());

        assertThat(glance.named("no image of this name")).isEmpty();
    }

    private static Session as(OpenStack cloud, Identity identity, Scope scope) {
        return new Session(TestSessions.HTTP, new CloudLogin(TestSessions.endpoint(cloud.authUrl()), identity, scope));
    }

    @Test
    void anApplicationCredentialLogsInByIdOrByNameToItsOwnProject(OpenStack cloud) throws Exception {
        ApplicationCredential credential = cloud.applicationCredential();
        Identity byId = new Identity.ApplicationCredential(credential.id(), null, null, credential.secret());
        Identity byName = new Identity.ApplicationCredential(
                credential.name(), User.BUILDER.name(), User.BUILDER.domain(), credential.secret());

        assertThat(as(cloud, byId, new Scope.OfIdentity()).project().id()).isEqualTo(cloud.id(Project.FACTORY));
        assertThat(as(cloud, byName, new Scope.OfProject("factory", "default"))
                        .project()
                        .id())
                .isEqualTo(cloud.id(Project.FACTORY));
        assertThat(Glance.of(as(cloud, byId, new Scope.OfIdentity())).named("no image of this name"))
                .isEmpty();
    }

    @Test
    void anApplicationCredentialIsGoodForNoOtherProject(OpenStack cloud) {
        ApplicationCredential credential = cloud.applicationCredential();
        Identity identity = new Identity.ApplicationCredential(credential.id(), null, null, credential.secret());

        assertThatThrownBy(() -> as(cloud, identity, new Scope.OfProject("dev", "default"))
                        .token())
                .hasMessage(
                        "application credential '" + credential.id()
                                + "' is good for project 'factory' of cloud 'testcloud' only, not for 'dev': use an application credential of that project, or a password");
    }

    @Test
    void aWrongSecretIsNamedAsSuchAndNotPrinted(OpenStack cloud) {
        Identity identity =
                new Identity.ApplicationCredential(cloud.applicationCredential().id(), null, null, "guess-4711");

        assertThatThrownBy(() -> as(cloud, identity, new Scope.OfIdentity()).token())
                .hasMessageContaining("refused application credential '")
                .hasMessageContaining("wrong id, name or secret")
                .hasMessageNotContaining("guess-4711");
    }

    @Test
    void aDisabledUserAndOneWithoutARoleAreToldApart(OpenStack cloud) {
        assertThatThrownBy(() ->
                        TestSessions.of(cloud, User.DISABLED, Project.FACTORY).token())
                .hasMessageEndingWith("wrong user, domain or password, or the user is disabled");
        assertThatThrownBy(() ->
                        TestSessions.of(cloud, User.OUTSIDER, Project.FACTORY).token())
                .hasMessageContaining("user 'outsider' of domain 'Default' has no role on it; it has roles on []");
    }

    @Test
    void aTokenIsExchangedForOneOfAnotherProject(OpenStack cloud) throws Exception {
        Identity owner = new Identity.ExistingToken(cloud.unscopedToken(User.BUILDER));

        assertThat(as(cloud, owner, new Scope.OfProject("dev", "default"))
                        .project()
                        .id())
                .isEqualTo(cloud.id(Project.DEV));
        assertThatThrownBy(() -> as(cloud, new Identity.ExistingToken("gone"), new Scope.OfProject("dev", "default"))
                        .token())
                .hasMessageContaining("refused the owner of the token: it is expired or revoked");
    }

    @Test
    void aDomainIsAScopeToo(OpenStack cloud) {
        assertThatThrownBy(() -> as(cloud, TestSessions.password(User.BUILDER), new Scope.OfDomain("Default"))
                        .token())
                .hasMessageStartingWith("user 'builder' of domain 'Default' has no role on domain 'Default' of cloud");
    }

    @Test
    void anAddressGivenForAServiceReplacesTheCatalogs(OpenStack cloud) {
        CloudEndpoint elsewhere = new CloudEndpoint(
                "testcloud",
                cloud.authUrl(),
                OpenStack.REGION,
                "public",
                Map.of("image", URI.create("http://127.0.0.1:1/elsewhere")));
        Session session = new Session(
                TestSessions.HTTP,
                new CloudLogin(
                        elsewhere, TestSessions.password(User.BUILDER), new Scope.OfProject("factory", "default")));

        assertThatThrownBy(() -> Glance.of(session).check())
                .hasMessage(
                        "Glance at http://127.0.0.1:1/elsewhere/v2/images could not be reached: connection refused");
    }

    @Test
    void aTokenThatEndsOnTheWayIsReplaced(OpenStack cloud) throws Exception {
        Session session = new Session(
                TestSessions.HTTP,
                new CloudLogin(
                        TestSessions.endpoint(cloud.authUrlOfShortTokens(2)),
                        TestSessions.password(User.BUILDER),
                        new Scope.OfProject("factory", "default")));
        Glance glance = Glance.of(session);
        String first = session.token();
        Thread.sleep(2_500);

        assertThat(glance.named("no image of this name")).isEmpty();
        assertThat(session.token()).isNotEqualTo(first);
    }

    @Test
    void twoProjectsOnOneThreadAndOneOnSixteenEachUseTheirOwnToken(OpenStack cloud) throws Exception {
        Glance factory = Glance.of(TestSessions.of(cloud, User.BUILDER, Project.FACTORY));
        Glance dev = Glance.of(TestSessions.of(cloud, User.BUILDER, Project.DEV));
        for (int round = 0; round < 3; round++) {
            assertThat(ownerOfANewImage(factory)).isEqualTo(cloud.id(Project.FACTORY));
            assertThat(ownerOfANewImage(dev)).isEqualTo(cloud.id(Project.DEV));
        }

        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> owners = new ArrayList<>();
            for (int image = 0; image < 32; image++) {
                Glance glance = image % 2 == 0 ? factory : dev;
                owners.add(threads.submit(() -> ownerOfANewImage(glance)));
            }
            for (int image = 0; image < 32; image++) {
                assertThat(owners.get(image).get()).isEqualTo(cloud.id(image % 2 == 0 ? Project.FACTORY : Project.DEV));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theTokenOfAnApplicationCredentialIsExchangedForNoOther(OpenStack cloud) {
        Identity owner = new Identity.ExistingToken(cloud.token(cloud.applicationCredential()));

        assertNotExchanged(cloud.authUrl(), owner);
    }

    /** Keystone 22.0.2 has both ways, each in another patch level of Debian. */
    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void aTokenThatIsNotExchangedIsToldInOneSentence(int status, OpenStack cloud) {
        Identity owner = new Identity.ExistingToken(cloud.unscopedToken(User.BUILDER));
        try (FaultyProxy keystone = FaultyProxy.before(cloud.authUrl())) {
            for (int nth = 1; nth <= 10; nth++) {
                keystone.on(1, "POST", "/v3/auth/tokens", new Fault.Status(status));
            }

            assertNotExchanged(keystone.url().resolve("/v3"), owner);
        }
    }

    private static void assertNotExchanged(URI authUrl, Identity owner) {
        Session session = new Session(
                TestSessions.HTTP,
                new CloudLogin(TestSessions.endpoint(authUrl), owner, new Scope.OfProject("factory", "default")));

        assertThatThrownBy(session::token)
                .isInstanceOf(OpenStackException.class)
                .hasMessageMatching("cloud 'testcloud' \\(" + authUrl
                        + "\\) does not exchange this token for one of project 'factory': .+");
    }

    private static String ownerOfANewImage(Glance glance) throws OpenStackException {
        Image image = TestImages.create(glance, "whose");
        glance.delete(image.id());
        return image.owner();
    }
}
