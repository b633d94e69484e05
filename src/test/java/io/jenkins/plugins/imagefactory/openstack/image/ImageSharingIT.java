package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.image.ImageSharing.Share;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.Identity;
import io.jenkins.plugins.imagefactory.openstack.login.Projects;
import io.jenkins.plugins.imagefactory.openstack.login.Scope;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenStackExtension.class)
class ImageSharingIT {
    private OpenStack cloud;
    private Session session;
    private Image image;

    @BeforeEach
    void createAnImage(OpenStack testCloud) throws Exception {
        cloud = testCloud;
        session = TestSessions.of(cloud, User.BUILDER, Project.FACTORY);
        image = TestImages.create(Glance.of(session), "shared");
    }

    @AfterEach
    void deleteIt() throws Exception {
        Glance.of(session).delete(image.id());
    }

    @Test
    void everyProjectBecomesAMemberThatHasAccepted() throws Exception {
        String prodA = cloud.id(Project.PROD_A);

        List<Share> shares = new ImageSharing(session, session, false).share(image, List.of("dev", prodA));

        assertThat(shares)
                .containsExactly(
                        new Share("dev", cloud.id(Project.DEV), "accepted", true, null),
                        new Share(prodA, prodA, "accepted", true, null));
        assertThat(cloud.members(image.id()))
                .allMatch(member -> member.path("status").asText().equals("accepted"))
                .hasSize(2);
    }

    @Test
    void aSecondTimeNothingChangesAndItSaysSo() throws Exception {
        ImageSharing sharing = new ImageSharing(session, session, false);
        sharing.share(image, List.of("dev"));

        assertThat(sharing.share(image, List.of("dev")))
                .containsExactly(new Share("dev", cloud.id(Project.DEV), "accepted", false, null));
    }

    @Test
    void withoutAcceptTheMemberIsPending() throws Exception {
        assertThat(new ImageSharing(session, null, false).share(image, List.of("dev")))
                .containsExactly(new Share("dev", cloud.id(Project.DEV), "pending", true, null));
    }

    @Test
    void aProjectWithoutARoleOfTheUserStaysPending() throws Exception {
        String partners = cloud.id(Project.PARTNERS_SHARED_NAME);

        assertThat(new ImageSharing(session, session, false).share(image, List.of(partners)))
                .containsExactly(new Share(partners, partners, "pending", true, null));
    }

    @Test
    void aProjectThatDoesNotExistFailsAloneAndTheOthersAreShared() throws Exception {
        List<Share> shares = new ImageSharing(session, session, false).share(image, List.of("nowhere", "dev"));

        assertThat(shares.get(0).error())
                .startsWith("project 'nowhere' does not exist in cloud 'testcloud', or user 'builder'");
        assertThat(shares.get(1).status()).isEqualTo("accepted");
    }

    @Test
    void aPrivateImageStaysPrivateIfNoProjectIsFound() throws Exception {
        ImageSharing sharing = new ImageSharing(session, session, true);

        List<Share> shares = sharing.share(image, List.of("nowhere", "neither"));

        assertThat(shares).extracting(Share::name).containsExactly("nowhere", "neither");
        assertThat(shares).allMatch(share -> share.error().contains("does not exist"));
        assertThat(Glance.of(session).get(image.id()).visibility()).isEqualTo("private");
        assertThat(ImageSharing.opened(image, shares)).isFalse();
        assertThat(ImageSharing.opened(image, sharing.share(image, List.of("nowhere", "dev"))))
                .isTrue();
        assertThat(Glance.of(session).get(image.id()).visibility()).isEqualTo("shared");
    }

    @Test
    void anImageThatEveryoneSeesIsVisibleAlready() throws Exception {
        Image community = Glance.of(session).change(image, new ImageChanges().attribute("visibility", "community"));

        assertThat(new ImageSharing(session, session, false).share(community, List.of("dev")))
                .containsExactly(new Share("dev", null, "visible", false, null));
    }

    @Test
    void exactlyTheseProjectsKeepTheImage() throws Exception {
        new ImageSharing(session, session, false).share(image, List.of("dev", "prod-a"));
        String prodA = cloud.id(Project.PROD_A);

        assertThat(new ImageSharing(session, session, true).share(image, List.of("dev", "prod-b")))
                .containsExactly(
                        new Share("dev", cloud.id(Project.DEV), "accepted", false, null),
                        new Share("prod-b", cloud.id(Project.PROD_B), "accepted", true, null),
                        new Share(prodA, prodA, "removed", true, null));
        assertThat(cloud.members(image.id())).hasSize(2);
    }

    @Test
    void nobodyIsRemovedWhileAProjectIsInDoubt() throws Exception {
        new ImageSharing(session, session, false).share(image, List.of("dev"));

        new ImageSharing(session, session, true).share(image, List.of("nowhere"));

        assertThat(cloud.members(image.id())).hasSize(1);
    }

    @Test
    void othersAcceptWithTheirOwnCredentials() throws Exception {
        Session partner = TestSessions.of(cloud, User.PARTNER, Project.PARTNERS_SHARED_NAME);
        String partners = cloud.id(Project.PARTNERS_SHARED_NAME);

        assertThat(new ImageSharing(session, partner, false).share(image, List.of(partners, "dev")))
                .containsExactly(
                        new Share(partners, partners, "accepted", true, null),
                        new Share("dev", cloud.id(Project.DEV), "pending", true, null));
    }

    @Test
    void anApplicationCredentialSharesButAcceptsInItsOwnProjectOnly() throws Exception {
        Session application = new Session(
                TestSessions.HTTP,
                new CloudLogin(
                        TestSessions.endpoint(cloud.authUrl()),
                        new Identity.ApplicationCredential(
                                cloud.applicationCredential().id(),
                                null,
                                null,
                                cloud.applicationCredential().secret()),
                        new Scope.OfIdentity()));
        String dev = cloud.id(Project.DEV);

        assertThat(new ImageSharing(application, application, false).share(image, List.of(dev)))
                .containsExactly(new Share(dev, dev, "pending", true, null));
    }

    @Test
    void aProjectIsToldFromItsNamesakeByItsDomain() throws Exception {
        Session partner = TestSessions.of(cloud, User.PARTNER, Project.PARTNERS_SHARED_NAME);

        assertThat(new Projects(partner).find("shared-name@partners").id())
                .isEqualTo(cloud.id(Project.PARTNERS_SHARED_NAME));
        assertThatThrownBy(() -> new Projects(session).find("shared-name@partners"))
                .hasMessageStartingWith("project 'shared-name@partners' does not exist in cloud 'testcloud'");
    }

    @Test
    void aSecondTimeNoProjectCostsARequest() throws Exception {
        new ImageSharing(session, session, false).share(image, List.of("dev", "prod-a", "prod-b"));
        try (FaultyProxy proxy = FaultyProxy.before(cloud.glanceUrl())) {
            Session through = TestSessions.through(proxy, cloud, User.BUILDER, Project.FACTORY);

            new ImageSharing(through, through, false)
                    .share(Glance.of(through).get(image.id()), List.of("dev", "prod-a", "prod-b"));

            assertThat(proxy.requests())
                    .containsExactly("GET /v2/images/" + image.id(), "GET /v2/images/" + image.id() + "/members");
        }
    }

    @Test
    void anAmbiguousNameIsNeverGuessed() throws Exception {
        Image other = TestImages.create(Glance.of(session), "shared");
        try {
            assertThatThrownBy(() -> Glance.of(session).find("shared"))
                    .hasMessageStartingWith("there are 2 images named 'shared' in project 'factory'")
                    .hasMessageContainingAll(image.id(), other.id());
            assertThat(Glance.of(session).find(other.id()).id()).isEqualTo(other.id());
        } finally {
            Glance.of(session).delete(other.id());
        }
    }

    @Test
    void anImageThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> Glance.of(session).find("nothing"))
                .hasMessage("there is no image 'nothing' in project 'factory' of cloud 'testcloud'");
    }
}
