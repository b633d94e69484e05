package io.jenkins.plugins.imagefactory.openstack.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openstack4j.api.Builders;
import org.openstack4j.model.heat.Stack;
import org.openstack4j.openstack.internal.OSClientSession;

/** With the real Keystone and Heat. */
@ExtendWith(OpenStackExtension.class)
class OpenStack4jIT {
    private static final String TEMPLATE =
            "{heat_template_version: 2018-08-31, resources: {r: {type: 'OS::Heat::RandomString'}}}";

    @TempDir
    private static Path directory;

    private final OpenStack cloud;

    OpenStack4jIT(OpenStack cloud) {
        this.cloud = cloud;
        cloud.heat(Project.FACTORY);
    }

    @Test
    void twoProjectsAndTwoCloudsInterleavedOnOneThreadAndOnSixteenSeeTheirOwnOnly() throws Exception {
        try (OpenStack other = OpenStack.start(directory.resolve("other"), Path.of("target/openstack/databases"))) {
            other.heat(Project.FACTORY);
            List<OpenStack4j> clients =
                    List.of(heat(cloud, Project.FACTORY), heat(cloud, Project.DEV), heat(other, Project.FACTORY));
            List<String> names = new ArrayList<>();
            for (OpenStack4j client : clients) {
                String name = "of-" + UUID.randomUUID();
                names.add(name);
                client.call(heat -> heat.heat()
                        .stacks()
                        .create(Builders.stack()
                                .name(name)
                                .template(TEMPLATE)
                                .timeoutMins(5L)
                                .build()));
            }

            for (int i = 0; i < 30; i++) {
                assertThat(names(clients.get(i % 3))).as("call %s", i).containsOnly(names.get(i % 3));
            }
            ExecutorService threads = Executors.newFixedThreadPool(16);
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 96; i++) {
                OpenStack4j client = clients.get(i % 3);
                answers.add(threads.submit((Callable<List<String>>) () -> names(client)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).as("call %s", i).containsOnly(names.get(i % 3));
            }
            threads.shutdown();
            for (int i = 0; i < 2; i++) {
                String name = names.get(i);
                clients.get(i)
                        .call(heat -> heat.heat()
                                .stacks()
                                .delete(name, heat.heat().stacks().list().get(0).getId()));
            }
        }
    }

    @Test
    void afterACallTheThreadReachesNothing() throws Exception {
        names(heat(cloud, Project.FACTORY));

        assertThat(OSClientSession.getCurrent().getTokenId()).isNull();
        assertThatThrownBy(() -> ((org.openstack4j.api.OSClient.OSClientV3) OSClientSession.getCurrent())
                        .heat()
                        .stacks()
                        .list())
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aRefusalIsOneSentenceAndNeverAnEmptyAnswer() {
        assertThatThrownBy(() -> heat(cloud, Project.FACTORY)
                        .call(client -> client.heat().stacks().getDetails("no", "such")))
                .isInstanceOf(OpenStackException.class)
                .hasMessageStartingWith("Heat at http://127.0.0.1:")
                .hasMessageContaining("404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'text'", "{\"stacks\": 5}", "", "<html>"})
    void whatAStrangeServiceAnswersIsOneSentence(String answer) throws Exception {
        HttpServer strange = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        strange.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        strange.start();
        try {
            OpenStack4j client = new OpenStack4j(
                    TestSessions.of(cloud, User.BUILDER, Project.FACTORY),
                    "Heat",
                    () -> URI.create("http://127.0.0.1:" + strange.getAddress().getPort()));

            assertThatThrownBy(() -> client.call(heat -> heat.heat().stacks().list()))
                    .isInstanceOf(OpenStackException.class)
                    .hasMessageMatching("Heat .*|.* does not look like a Heat: .*");
        } finally {
            strange.stop(0);
        }
    }

    private static List<String> names(OpenStack4j client) throws OpenStackException {
        return client.call(heat -> heat.heat().stacks().list()).stream()
                .map(Stack::getName)
                .map(String::valueOf)
                .toList();
    }

    private static OpenStack4j heat(OpenStack cloud, Project project) throws Exception {
        return new OpenStack4j(TestSessions.of(cloud, User.BUILDER, project), ServiceType.ORCHESTRATION, "Heat");
    }
}
