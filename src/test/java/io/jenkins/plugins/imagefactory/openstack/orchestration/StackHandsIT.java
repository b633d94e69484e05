package io.jenkins.plugins.imagefactory.openstack.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose a stack is, from the moment that Heat is asked for it: with the real Heat. */
@ExtendWith(OpenStackExtension.class)
class StackHandsIT {
    private static final Duration POLL = Duration.ofMillis(300);

    private final Stacks stacks;
    private final Heard heard = new Heard();
    private final String name = "hands-" + UUID.randomUUID();

    StackHandsIT(OpenStack cloud) {
        cloud.heat(Project.FACTORY);
        stacks = Stacks.of(TestSessions.of(cloud, User.BUILDER, Project.FACTORY));
    }

    @AfterEach
    void nothingIsLeftForOthers() throws Exception {
        if (stacks.find(name).isPresent()) {
            launch(false).delete(stacks.find(name).get());
        }
    }

    @Test
    void aLaunchThatIsAbortedWhileHeatAnswersLeavesNoStack() throws Exception {
        heard.onId = id -> {
            throw new InterruptedException("while its id is kept");
        };

        assertThatThrownBy(() -> launch(true).launch(request(VALUE), IfStackExists.ERROR))
                .isInstanceOf(InterruptedException.class);

        assertThat(stacks.find(name)).isEmpty();
        assertThat(heard.settled).containsExactly(heard.begun.get(0).tag());
    }

    @Test
    void aLaunchWhoseIdCannotBeWrittenBecauseItIsAbortedLeavesNoStack() throws Exception {
        heard.onId = id -> {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        };

        assertThatThrownBy(() -> launch(true).launch(request(VALUE), IfStackExists.ERROR))
                .isInstanceOf(ClosedByInterruptException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stacks.find(name)).isEmpty();
    }

    @Test
    void aNewStackThatSomebodyElseChangesBeforeItIsSeenCompleteIsTheirs() throws Exception {
        heard.onId = id -> {
            Stack stack = await(id, "CREATE_COMPLETE");
            stacks.update(stack, request(VALUE));
            await(id, "UPDATE_COMPLETE");
        };

        assertThatThrownBy(() -> launch(false).launch(request(VALUE, Duration.ofSeconds(3)), IfStackExists.ERROR))
                .isInstanceOf(OpenStackException.class)
                .hasMessageMatching("stack '" + name + "' \\(.*\\) is UPDATE_COMPLETE, .*somebody else.*");

        assertThat(stacks.find(name).orElseThrow().status()).isEqualTo("UPDATE_COMPLETE");
    }

    @Test
    void anUpdateKeepsTheTagsOfTheStackAndHasOneOfItsOwn() throws Exception {
        StackRequest tagged =
                new StackRequest(name, VALUE, Map.of(), null, Map.of(), List.of("nightly"), Duration.ofMinutes(2));
        Stack stack = launch(false).launch(tagged, IfStackExists.ERROR);
        String first = heard.begun.get(0).tag();

        launch(false).launch(request(VALUE), IfStackExists.UPDATE);

        String second = heard.begun.get(heard.begun.size() - 1).tag();
        assertThat(stacks.tagged("nightly")).map(Stack::id).contains(stack.id());
        assertThat(stacks.tagged(second)).map(Stack::id).contains(stack.id());
        assertThat(stacks.tagged(first)).isEmpty();
    }

    @Test
    void aStackIsFoundByItsIdAlthoughItsTagsAreReplaced() throws Exception {
        heard.onId = id -> {
            throw new IOException("enough");
        };
        assertThatThrownBy(() -> launch(true).launch(request(VALUE), IfStackExists.ERROR))
                .hasMessage("enough");
        StackLaunch.Begun begun = heard.begun.get(1);
        Stack stack = await(begun.id(), "CREATE_COMPLETE");
        stacks.update(stack, request(VALUE));
        await(begun.id(), "UPDATE_COMPLETE");
        heard.onId = id -> {};

        assertThatThrownBy(() -> launch(false).goOn(begun, request(VALUE)))
                .hasMessageContaining("(" + stack.id() + ") is UPDATE_COMPLETE");
    }

    @Test
    void whoGoesOnWithAStackIsToldItsId() throws Exception {
        heard.onId = id -> {
            throw new IOException("enough");
        };
        assertThatThrownBy(() -> launch(true).launch(request(VALUE), IfStackExists.ERROR))
                .hasMessage("enough");
        StackLaunch.Begun unknown = heard.begun.get(0);
        heard.begun.clear();
        heard.onId = id -> {};

        Stack stack = launch(false).goOn(unknown, request(VALUE));

        assertThat(heard.begun).extracting(StackLaunch.Begun::id).containsExactly(stack.id());
    }

    @Test
    void aStackIsReplacedOnlyWhenHeatTakesTheNewTemplate() throws Exception {
        Stack before = launch(false).launch(request(VALUE), IfStackExists.ERROR);

        assertThatThrownBy(() -> launch(false)
                        .launch(
                                request(VALUE.replace("OS::Heat::RandomString", "OS::No::Such")),
                                IfStackExists.REPLACE))
                .isInstanceOf(OpenStackException.class)
                .hasMessageContaining("OS::No::Such");

        assertThat(stacks.find(name)).map(Stack::id).contains(before.id());
    }

    private Stack await(String id, String status) throws IOException, InterruptedException {
        while (true) {
            Stack stack = stacks.find(id).orElseThrow();
            if (stack.status().equals(status)) {
                return stack;
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private StackLaunch launch(boolean keepsFailed) {
        return new StackLaunch(stacks, POLL, keepsFailed, heard);
    }

    private StackRequest request(String template) {
        return request(template, Duration.ofMinutes(2));
    }

    private StackRequest request(String template, Duration timeout) {
        return new StackRequest(name, template, Map.of(), null, Map.of(), List.of(), timeout);
    }

    private interface OnId {
        void told(String id) throws IOException, InterruptedException;
    }

    private static final class Heard implements StackLaunch.Observer {
        private final List<StackLaunch.Begun> begun = new ArrayList<>();
        private final List<String> settled = new ArrayList<>();
        private OnId onId = id -> {};

        @Override
        public void begun(StackLaunch.Begun now) throws IOException, InterruptedException {
            begun.add(now);
            if (now.id() != null && now.action() == StackAction.CREATE) {
                onId.told(now.id());
            }
        }

        @Override
        public void happened(StackEvent event) {}

        @Override
        public void unreachable(OpenStackException why) {
            throw new AssertionError(why);
        }

        @Override
        public void failed(Stack stack, List<StackResource> unfinished, List<StackResource> servers) {}

        @Override
        public void deleting(Stack stack) {}

        @Override
        public void staying(Stack stack) {}

        @Override
        public void settled(StackLaunch.Begun begun) {
            settled.add(begun.tag());
        }
    }

    private static final String VALUE = """
            heat_template_version: 2018-08-31
            resources:
              some: {type: OS::Heat::RandomString}
            """;
}
