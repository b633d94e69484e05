package io.jenkins.plugins.imagefactory.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.ImageSharing.Share;
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
        image = session.glance().create(TestSessions.rawImage("shared"));
    }

    @AfterEach
    void deleteIt() throws Exception {
        session.glance().delete(image.id());
    }

    @Test
    void everyProjectBecomesAMemberThatHasAccepted() throws Exception {
        String prodA = cloud.id(Project.PROD_A);

        List<Share> shares = new ImageSharing(session, true).share(image, List.of("dev", prodA));

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
        ImageSharing sharing = new ImageSharing(session, true);
        sharing.share(image, List.of("dev"));

        assertThat(sharing.share(image, List.of("dev")))
                .containsExactly(new Share("dev", cloud.id(Project.DEV), "accepted", false, null));
    }

    @Test
    void withoutAcceptTheMemberIsPending() throws Exception {
        assertThat(new ImageSharing(session, false).share(image, List.of("dev")))
                .containsExactly(new Share("dev", cloud.id(Project.DEV), "pending", true, null));
    }

    @Test
    void aProjectWithoutARoleOfTheUserStaysPending() throws Exception {
        String partners = cloud.id(Project.PARTNERS_SHARED_NAME);

        assertThat(new ImageSharing(session, true).share(image, List.of(partners)))
                .containsExactly(new Share(partners, partners, "pending", true, null));
    }

    @Test
    void aProjectThatDoesNotExistFailsAloneAndTheOthersAreShared() throws Exception {
        List<Share> shares = new ImageSharing(session, true).share(image, List.of("nowhere", "dev"));

        assertThat(shares.get(0).error())
                .startsWith("project 'nowhere' does not exist in cloud 'testcloud', or user 'builder'");
        assertThat(shares.get(1).status()).isEqualTo("accepted");
    }

    @Test
    void anImageThatEveryoneSeesHasNoMembers() throws Exception {
        Image community = session.glance().set(image.id(), "visibility", "community");

        assertThatThrownBy(() -> new ImageSharing(session, true).share(community, List.of("dev")))
                .hasMessageStartingWith("image 'shared' is community");
    }

    @Test
    void anAmbiguousNameIsNeverGuessed() throws Exception {
        Image other = session.glance().create(TestSessions.rawImage("shared"));
        try {
            assertThatThrownBy(() -> session.glance().find("shared"))
                    .hasMessageStartingWith("there are 2 images named 'shared' in project 'factory'")
                    .hasMessageContainingAll(image.id(), other.id());
            assertThat(session.glance().find(other.id()).id()).isEqualTo(other.id());
        } finally {
            session.glance().delete(other.id());
        }
    }

    @Test
    void anImageThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> session.glance().find("nothing"))
                .hasMessage("there is no image 'nothing' in project 'factory' of cloud 'testcloud'");
    }
}
