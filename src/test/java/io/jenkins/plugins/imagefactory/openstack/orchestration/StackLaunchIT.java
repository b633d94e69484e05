package io.jenkins.plugins.imagefactory.openstack.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.volume.Volumes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With the real Heat, and for one of them the real Cinder. */
@ExtendWith(OpenStackExtension.class)
class StackLaunchIT {
    private static final Duration POLL = Duration.ofMillis(300);
    /** What Heat allows unless it is configured. */
    private static final int MOST_RESOURCES = 1000;

    private final OpenStack cloud;
    private final Session session;
    private final Stacks stacks;
    private final Heard heard = new Heard();
    private final String name = "stack-" + UUID.randomUUID();

    StackLaunchIT(OpenStack cloud) throws Exception {
        this.cloud = cloud;
        cloud.heat(Project.FACTORY);
        session = TestSessions.of(cloud, User.BUILDER, Project.FACTORY);
        stacks = Stacks.of(session);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (stacks.find(name).isPresent()) {
            launch(false).delete(stacks.find(name).get());
        }
        assertThat(stacks.find(name)).isEmpty();
    }

    @Test
    void aStackIsCreatedWithItsParametersAndGivesItsOutputs() throws Exception {
        Stack stack = launch(false)
                .launch(request(VALUES, Map.of("size", "3", "names", "[\"a\", \"b\"]")), IfStackExists.ERROR);

        assertThat(stack.status()).isEqualTo("CREATE_COMPLETE");
        assertThat(stack.outputs())
                .containsEntry("size", "3")
                .containsEntry("names", "[\"a\",\"b\"]")
                .containsEntry("text", "a, b");
        assertThat(heard.events)
                .extracting(StackEvent::line)
                .contains(
                        name + " CREATE_IN_PROGRESS: Stack CREATE started",
                        "value CREATE_COMPLETE",
                        name + " CREATE_COMPLETE: Stack CREATE completed successfully");
        assertThat(heard.begun).hasSize(2);
        assertThat(heard.begun.get(1).id()).isEqualTo(stack.id());
        assertThat(stacks.resources(stack, false))
                .extracting(StackResource::name, StackResource::type, StackResource::status)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("value", "OS::Heat::Value", "CREATE_COMPLETE"));
    }

    @Test
    void eventsOfNestedStacksAreIndented() throws Exception {
        StackRequest request = new StackRequest(
                name, NESTED, Map.of("inner.yaml", VALUES), null, Map.of(), List.of("ours"), Duration.ofMinutes(2));

        launch(false).launch(request, IfStackExists.ERROR);

        assertThat(heard.events)
                .extracting(StackEvent::line)
                .contains("inner CREATE_COMPLETE", "  value CREATE_COMPLETE");
    }

    @Test
    void aStackThatFailsIsDeletedAndItsFailedResourceTold() throws Exception {
        assertThatThrownBy(() -> launch(false).launch(request(FAILING, Map.of()), IfStackExists.ERROR))
                .isInstanceOf(OpenStackException.class)
                .hasMessageContaining("is CREATE_FAILED")
                .hasMessageContaining("Test Resource failed broken");

        assertThat(heard.failed).extracting(StackResource::name).containsExactly("broken");
        assertThat(heard.failed.get(0).reason()).contains("Test Resource failed broken");
        assertThat(stacks.find(name)).isEmpty();
    }

    @Test
    void aFailedStackThatIsToBeKeptStaysAndIsNamed() throws Exception {
        assertThatThrownBy(() -> launch(true).launch(request(FAILING, Map.of()), IfStackExists.ERROR))
                .satisfies(failure -> assertThat(failure.getSuppressed()[0])
                        .hasMessageMatching("stack '" + name
                                + "' stays: delete it with heatStackDelete '.*', or openstack stack delete .*"));

        assertThat(stacks.find(name).orElseThrow().hasFailed()).isTrue();
    }

    @Test
    void aNameThatExistsIsRefusedUpdatedOrReplaced() throws Exception {
        Stack first = launch(false).launch(request(VALUES, Map.of("size", "1")), IfStackExists.ERROR);

        assertThatThrownBy(() -> launch(false).launch(request(VALUES, Map.of("size", "2")), IfStackExists.ERROR))
                .hasMessageStartingWith(
                        "there is a stack '" + name + "' (" + first.id() + ", CREATE_COMPLETE) in project 'factory'");
        Stack updated = launch(false).launch(request(VALUES, Map.of("size", "2")), IfStackExists.UPDATE);
        assertThat(updated.id()).isEqualTo(first.id());
        assertThat(updated.outputs()).containsEntry("size", "2");
        Stack updatedAgain = launch(false).launch(request(VALUES, Map.of("size", "4")), IfStackExists.UPDATE);
        assertThat(updatedAgain.outputs()).containsEntry("size", "4");
        Stack replaced = launch(false).launch(request(VALUES, Map.of("size", "5")), IfStackExists.REPLACE);
        assertThat(replaced.id()).isNotEqualTo(first.id());
        assertThat(replaced.outputs()).containsEntry("size", "5");
    }

    @Test
    void aStackWhoseTimeIsUpIsDeleted() throws Exception {
        StackRequest slow = new StackRequest(name, SLOW, Map.of(), null, Map.of(), List.of(), Duration.ofSeconds(2));

        assertThatThrownBy(() -> launch(false).launch(slow, IfStackExists.ERROR))
                .hasMessageContaining("is still CREATE_IN_PROGRESS, and the time is up");

        assertThat(heard.failed).extracting(StackResource::name).containsExactly("slow");
        assertThat(stacks.find(name)).isEmpty();
    }

    @Test
    void anInterruptedLaunchLeavesNoStack() throws Exception {
        Thread launcher = Thread.currentThread();
        heard.onEvent = launcher::interrupt;

        assertThatThrownBy(() -> launch(true).launch(request(SLOW, Map.of()), IfStackExists.ERROR))
                .isInstanceOf(InterruptedException.class);

        assertThat(stacks.find(name)).isEmpty();
    }

    @Test
    void aLaunchThatWasBegunBeforeIsGoneOnWith() throws Exception {
        StackRequest request = request(VALUES, Map.of("size", "7"));
        launch(false).launch(request, IfStackExists.ERROR);
        StackLaunch.Begun begun = heard.begun.get(0);

        Stack goneOn = launch(false).goOn(begun, request);

        assertThat(goneOn.id()).isEqualTo(heard.begun.get(1).id());
        assertThat(goneOn.outputs()).containsEntry("size", "7");
    }

    @Test
    void anUpdateThatWasBegunBeforeIsGoneOnWithAndWhatIsOldIsNotToldAgain() throws Exception {
        launch(false).launch(request(SLOW_TO_UPDATE, Map.of("word", "old")), IfStackExists.ERROR);
        StackRequest request = request(SLOW_TO_UPDATE, Map.of("word", "new"));
        Thread launcher = Thread.currentThread();
        heard.onEvent = launcher::interrupt;
        assertThatThrownBy(() -> launch(false).launch(request, IfStackExists.UPDATE))
                .isInstanceOf(InterruptedException.class);
        assertThat(stacks.find(name).orElseThrow().status()).isEqualTo("UPDATE_IN_PROGRESS");
        heard.events.clear();

        Stack goneOn = launch(false).goOn(heard.begun.get(heard.begun.size() - 1), request);

        assertThat(goneOn.status()).isEqualTo("UPDATE_COMPLETE");
        assertThat(goneOn.outputs()).containsEntry("word", "new");
        assertThat(heard.events)
                .extracting(StackEvent::line)
                .contains("slow UPDATE_COMPLETE")
                .noneMatch(line -> line.contains("CREATE"));
    }

    @Test
    void anUpdateOfWhichHeatHasNotHeardIsAskedForAgain() throws Exception {
        launch(false).launch(request(VALUES, Map.of("size", "1")), IfStackExists.ERROR);
        String id = heard.begun.get(1).id();

        Stack updated = launch(false)
                .goOn(
                        new StackLaunch.Begun(name, "image-factory-never-heard-of", id, StackAction.UPDATE),
                        request(VALUES, Map.of("size", "2")));

        assertThat(updated.id()).isEqualTo(id);
        assertThat(updated.outputs()).containsEntry("size", "2");
    }

    @Test
    void moreResourcesThanTheCloudAllowsAreRefusedInHeatsWords() {
        StringBuilder many = new StringBuilder("heat_template_version: 2018-08-31\nresources:\n");
        for (int n = 0; n <= MOST_RESOURCES; n++) {
            many.append("  r").append(n).append(": {type: OS::Heat::None}\n");
        }

        assertThatThrownBy(() -> launch(false).launch(request(many.toString(), Map.of()), IfStackExists.ERROR))
                .isInstanceOf(OpenStackException.class)
                .hasMessageContaining("Maximum resources per stack exceeded");
    }

    @Test
    void aTemplateThatHeatRefusesIsToldInItsWords() {
        assertThatThrownBy(() -> launch(false)
                        .launch(
                                request(VALUES.replace("OS::Heat::Value", "OS::No::Such"), Map.of()),
                                IfStackExists.ERROR))
                .isInstanceOf(OpenStackException.class)
                .hasMessageContaining("OS::No::Such");
    }

    @Test
    void aQuotaThatIsTooSmallIsToldInCindersWordsAndNoVolumeIsLeft() {
        cloud.cinder();

        assertThatThrownBy(() -> launch(false).launch(request(VOLUMES, Map.of()), IfStackExists.ERROR))
                .isInstanceOf(OpenStackException.class)
                .hasMessageContaining("is CREATE_FAILED")
                .hasMessageContaining("exceeds allowed gigabytes quota");

        assertThat(heard.events).extracting(StackEvent::line).contains("small CREATE_COMPLETE");
        assertThat(heard.failed).extracting(StackResource::name).containsExactly("large");
        assertThatThrownBy(() -> Volumes.of(session).find("small")).hasMessageStartingWith("there is no volume");
    }

    private StackLaunch launch(boolean keepsFailed) {
        return new StackLaunch(stacks, POLL, keepsFailed, heard);
    }

    private StackRequest request(String template, Map<String, String> parameters) {
        return new StackRequest(name, template, Map.of(), null, parameters, List.of(), Duration.ofMinutes(2));
    }

    private static final class Heard implements StackLaunch.Observer {
        private final List<StackLaunch.Begun> begun = new ArrayList<>();
        private final List<StackEvent> events = new ArrayList<>();
        private final List<StackResource> failed = new ArrayList<>();
        private Runnable onEvent = () -> {};

        @Override
        public void begun(StackLaunch.Begun now) {
            begun.add(now);
        }

        @Override
        public void happened(StackEvent event) {
            events.add(event);
            onEvent.run();
            onEvent = () -> {};
        }

        @Override
        public void unreachable(OpenStackException why) {
            throw new AssertionError(why);
        }

        @Override
        public void failed(Stack stack, List<StackResource> unfinished, List<StackResource> servers) {
            failed.addAll(unfinished);
        }

        @Override
        public void deleting(Stack stack) {}

        @Override
        public void staying(Stack stack) {}

        @Override
        public void settled(StackLaunch.Begun begun) {}
    }

    private static final String VALUES = """
            heat_template_version: 2018-08-31
            parameters:
              size: {type: number, default: 1}
              names: {type: json, default: [a, b]}
            resources:
              value:
                type: OS::Heat::Value
                properties: {type: string, value: {list_join: [', ', {get_param: names}]}}
            outputs:
              size: {value: {get_param: size}}
              names: {value: {get_param: names}}
              text: {value: {get_attr: [value, value]}}
            """;

    private static final String NESTED = """
            heat_template_version: 2018-08-31
            resources:
              inner: {type: inner.yaml}
            """;

    private static final String FAILING = """
            heat_template_version: 2018-08-31
            resources:
              broken:
                type: OS::Heat::TestResource
                properties: {fail: true, value: broken}
            """;

    private static final String VOLUMES = """
            heat_template_version: 2018-08-31
            resources:
              small:
                type: OS::Cinder::Volume
                properties: {name: small, size: 1}
              large:
                type: OS::Cinder::Volume
                depends_on: small
                properties: {size: 1000}
            """;

    private static final String SLOW_TO_UPDATE = """
            heat_template_version: 2018-08-31
            parameters:
              word: {type: string}
            resources:
              slow:
                type: OS::Heat::TestResource
                properties: {value: {get_param: word}, action_wait_secs: {update: 4}}
            outputs:
              word: {value: {get_param: word}}
            """;

    private static final String SLOW = """
            heat_template_version: 2018-08-31
            resources:
              slow:
                type: OS::Heat::TestResource
                properties: {action_wait_secs: {create: 20}}
            """;
}
