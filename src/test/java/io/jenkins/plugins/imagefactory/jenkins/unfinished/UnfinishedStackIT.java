package io.jenkins.plugins.imagefactory.jenkins.unfinished;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stack;
import io.jenkins.plugins.imagefactory.openstack.orchestration.StackRequest;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a build has left of a stack, in the real Heat. */
@ExtendWith(OpenStackExtension.class)
class UnfinishedStackIT {
    private static final String TEMPLATE = """
            heat_template_version: 2018-08-31
            resources:
              some: {type: OS::Heat::RandomString}
            """;

    private final Session session;
    private final Stacks stacks;
    private final String name = "left-" + UUID.randomUUID();
    private final String tag = "image-factory-" + UUID.randomUUID();
    private final List<String> told = new ArrayList<>();
    private final Run<?, ?> build;

    UnfinishedStackIT(OpenStack cloud, @TempDir Path directory) throws Exception {
        cloud.heat(Project.FACTORY);
        session = TestSessions.of(cloud, User.BUILDER, Project.FACTORY);
        stacks = Stacks.of(session);
        build = LocalBuild.in(directory.resolve("workspace"), directory, new ByteArrayOutputStream(), null)
                .run();
    }

    @Test
    void itIsDeletedByItsIdAlthoughAnUpdateHasReplacedItsTags() throws Exception {
        String id = stacks.create(request(List.of(tag)));
        await(id, "CREATE_COMPLETE");
        stacks.update(stacks.find(id).orElseThrow(), request(List.of("of somebody else")));
        await(id, "UPDATE_COMPLETE");
        UnfinishedStack left = left(id);

        assertThat(left.delete(session, told::add)).isFalse();

        assertThat(told)
                .containsExactly("Stack '" + name + "' (" + id + ") was left when its build ended, so it is deleted");
        while (stacks.find(id).isPresent()) {
            Thread.sleep(100);
        }
        assertThat(left.delete(session, told::add)).isTrue();
    }

    @Test
    void itIsDeletedByItsTagUntilItsIdIsKnown() throws Exception {
        String id = stacks.create(request(List.of(tag)));
        await(id, "CREATE_COMPLETE");

        assertThat(left(null).delete(session, told::add)).isFalse();

        while (stacks.find(id).isPresent()) {
            Thread.sleep(100);
        }
    }

    @Test
    void oneThatHeatWasAskedForJustNowMayStillAppear() throws Exception {
        assertThat(left(null).delete(session, told::add)).isFalse();

        assertThat(told).isEmpty();
    }

    private UnfinishedStack left(String id) {
        return new UnfinishedStack(build, new CloudChoice("testcloud", null, null), name, tag, id);
    }

    private StackRequest request(List<String> tags) {
        return new StackRequest(name, TEMPLATE, Map.of(), null, Map.of(), tags, Duration.ofMinutes(2));
    }

    private void await(String id, String status) throws Exception {
        while (!stacks.find(id).map(Stack::status).orElseThrow().equals(status)) {
            Thread.sleep(100);
        }
    }
}
