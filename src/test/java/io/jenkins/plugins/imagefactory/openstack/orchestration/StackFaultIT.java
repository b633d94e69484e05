package io.jenkins.plugins.imagefactory.openstack.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.imagefactory.fixture.Fault;
import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.Trust;
import io.jenkins.plugins.imagefactory.openstack.login.CloudEndpoint;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.Scope;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A stack is launched and deleted by the real Heat behind a proxy that lets one request of each kind go wrong. */
@ExtendWith(OpenStackExtension.class)
class StackFaultIT {
    private static final String TEMPLATE = """
            heat_template_version: 2018-08-31
            parameters:
              word: {type: string}
            resources:
              some: {type: OS::Heat::RandomString}
            outputs:
              word: {value: {get_param: word}}
            """;
    private static final String SLOW_TO_CHECK = TEMPLATE.replace(
            "{type: OS::Heat::RandomString}", "{type: OS::Heat::TestResource, properties: {constraint_prop_secs: 3}}");
    private static final HttpSettings IMPATIENT =
            new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(2), 1, Trust.JAVA, null);

    private final OpenStack cloud;
    private final Stacks direct;
    private final URI heat;
    private final String name = "fault-" + UUID.randomUUID();
    private final List<String> told = new ArrayList<>();
    private boolean settled;

    StackFaultIT(OpenStack cloud) {
        this.cloud = cloud;
        heat = cloud.heat(Project.FACTORY);
        direct = Stacks.of(TestSessions.of(cloud, User.BUILDER, Project.FACTORY));
    }

    static Stream<Arguments> faultsOfEveryKindOfRequest() {
        List<Arguments> cases = new ArrayList<>();
        for (Fault fault : List.of(
                new Fault.LoseAnswer(),
                new Fault.CutAfter(1),
                new Fault.ResetAfter(1),
                new Fault.StallAfter(1),
                new Fault.Status(401),
                new Fault.Status(409),
                new Fault.Status(500),
                new Fault.Status(503))) {
            cases.add(Arguments.of("POST", ".*/stacks", fault));
            cases.add(Arguments.of("GET", ".*/stacks\\?id=.*", fault));
            cases.add(Arguments.of("GET", ".*/events.*", fault));
            cases.add(Arguments.of("GET", ".*/stacks/[^/]+/[^/]+", fault));
            cases.add(Arguments.of("DELETE", ".*", fault));
        }
        cases.add(Arguments.of("GET", ".*/stacks\\?id=.*", new Fault.Status(400)));
        return cases.stream();
    }

    @AfterEach
    void nothingIsLeftForOthers() throws Exception {
        if (direct.find(name).isPresent()) {
            launch(direct).delete(direct.find(name).get());
        }
    }

    @ParameterizedTest
    @MethodSource("faultsOfEveryKindOfRequest")
    void aStackIsLaunchedAndDeletedOrNamed(String method, String path, Fault fault) throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(URI.create(heat.toString().replaceAll("/v1/.*", "")))) {
            Stacks faulty = Stacks.of(through(proxy));
            proxy.on(1, method, path, fault);
            Throwable failure = catchThrowable(() -> {
                Stack stack = launch(faulty).launch(request(), IfStackExists.ERROR);
                assertThat(stack.status()).isEqualTo("CREATE_COMPLETE");
                launch(faulty).delete(stack);
            });

            assertThat(failure == null || !fault.equals(new Fault.Status(400))).isTrue();
            if (failure == null) {
                assertThat(direct.find(name)).isEmpty();
            } else {
                assertThat(failure).isInstanceOf(OpenStackException.class);
                assertThat(direct.find(name).isEmpty() || saysSo(failure))
                        .as("no stack without its name: %s", failure)
                        .isTrue();
            }
        }
    }

    static Stream<Fault> faultsOfAnUpdate() {
        return Stream.of(
                new Fault.LoseAnswer(),
                new Fault.CutAfter(1),
                new Fault.ResetAfter(1),
                new Fault.StallAfter(1),
                new Fault.Status(401),
                new Fault.Status(409),
                new Fault.Status(500),
                new Fault.Status(503));
    }

    @ParameterizedTest
    @MethodSource("faultsOfAnUpdate")
    void aStackIsChangedAsAskedOrTheReasonIsTold(Fault fault) throws Exception {
        Stack before = launch(direct).launch(request("old"), IfStackExists.ERROR);
        try (FaultyProxy proxy = FaultyProxy.before(URI.create(heat.toString().replaceAll("/v1/.*", "")))) {
            Stacks faulty = Stacks.of(through(proxy));
            proxy.on(1, "PUT", ".*/stacks/.*", fault);

            Throwable failure = catchThrowable(() -> launch(faulty).launch(request("new"), IfStackExists.UPDATE));

            // A request that is sent again while Heat is at work on it can leave the stack half changed: Heat says
            // UPDATE_FAILED.
            if (failure == null || !failure.getMessage().contains("is UPDATE_FAILED")) {
                assertThat(direct.details(before).outputs())
                        .as("the failure is %s", failure)
                        .containsEntry("word", failure == null ? "new" : "old");
            }
            if (failure != null) {
                assertThat(failure).isInstanceOf(OpenStackException.class);
            }
        }
    }

    /** Heat checks the template before it keeps anything of the stack. */
    @Test
    void aStackThatHeatKeepsOnlyAfterItsAnswerWasLostIsFound() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(URI.create(heat.toString().replaceAll("/v1/.*", "")))) {
            Stacks faulty = Stacks.of(through(proxy));

            Stack stack = launch(faulty).launch(request(SLOW_TO_CHECK, "old"), IfStackExists.ERROR);

            assertThat(stack.status()).isEqualTo("CREATE_COMPLETE");
        }
    }

    @Test
    void aStackWhoseAnswerIsLostAndThatIsNotSeenMayStillAppearAsTheFailureSays() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.before(URI.create(heat.toString().replaceAll("/v1/.*", "")))) {
            Stacks faulty = Stacks.of(through(proxy));
            proxy.on(1, "POST", ".*/stacks", new Fault.Status(504));

            assertThatThrownBy(() -> launch(faulty).launch(request(), IfStackExists.ERROR))
                    .isInstanceOf(OpenStackException.class)
                    .hasMessageMatching(".* 504 .*; stack '" + name
                            + "' \\(tag image-factory-[0-9a-f-]+\\) may still appear in project 'factory' .*");
            assertThat(settled).isFalse();
        }
    }

    private boolean saysSo(Throwable failure) {
        return failure.getMessage().contains(name)
                || Stream.of(failure.getSuppressed())
                        .anyMatch(other -> other.getMessage().contains(name));
    }

    private Session through(FaultyProxy proxy) {
        URI behind = URI.create(proxy.url() + heat.getPath());
        return new Session(
                TestSessions.transport(IMPATIENT),
                new CloudLogin(
                        new CloudEndpoint(
                                "testcloud",
                                cloud.authUrl(),
                                OpenStack.REGION,
                                "public",
                                Map.of("orchestration", behind)),
                        TestSessions.password(User.BUILDER),
                        new Scope.OfProject(Project.FACTORY.name(), Project.FACTORY.domain())));
    }

    private StackLaunch launch(Stacks where) {
        return new StackLaunch(where, Duration.ofMillis(100), false, new Told());
    }

    private StackRequest request() {
        return request("old");
    }

    private StackRequest request(String word) {
        return request(TEMPLATE, word);
    }

    private StackRequest request(String template, String word) {
        return new StackRequest(name, template, Map.of(), null, Map.of("word", word), List.of(), Duration.ofMinutes(1));
    }

    private final class Told implements StackLaunch.Observer {
        @Override
        public void begun(StackLaunch.Begun begun) {}

        @Override
        public void happened(StackEvent event) {
            told.add(event.line());
        }

        @Override
        public void unreachable(OpenStackException why) {
            told.add(why.getMessage());
        }

        @Override
        public void failed(Stack stack, List<StackResource> unfinished, List<StackResource> servers) {}

        @Override
        public void deleting(Stack stack) {}

        @Override
        public void staying(Stack stack) {}

        @Override
        public void settled(StackLaunch.Begun begun) {
            settled = true;
        }
    }
}
