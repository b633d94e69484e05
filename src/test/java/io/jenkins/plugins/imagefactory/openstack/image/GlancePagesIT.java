package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.CloudEndpoint;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.Scope;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists of a Glance that means ill, with a login to the real Keystone. */
@ExtendWith(OpenStackExtension.class)
class GlancePagesIT {
    private final AtomicInteger pages = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** @param next the link of a page, by its number */
    private Glance glance(OpenStack cloud, IntFunction<String> next) throws OpenStackException {
        server.createContext("/", exchange -> {
            byte[] body = ("{\"images\": [], \"next\": \"" + next.apply(pages.incrementAndGet()) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        CloudEndpoint endpoint = new CloudEndpoint(
                "testcloud",
                cloud.authUrl(),
                OpenStack.REGION,
                "public",
                Map.of(
                        "image",
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
        return Glance.of(new Session(
                TestSessions.HTTP,
                new CloudLogin(
                        endpoint,
                        TestSessions.password(User.BUILDER),
                        new Scope.OfProject(Project.FACTORY.name(), Project.FACTORY.domain()))));
    }

    @Test
    void aListWithoutEndIsGivenUp(OpenStack cloud) throws Exception {
        Glance glance = glance(cloud, page -> "/v2/images?marker=" + page);

        assertThatThrownBy(() -> glance.named("any"))
                .hasMessage("Glance's list of images has more than 1000 pages: name the images more closely");
        assertThat(pages).hasValue(1000);
    }

    @Test
    void aListThatGoesOnElsewhereIsRefused(OpenStack cloud) throws Exception {
        Glance glance = glance(cloud, page -> "x");

        assertThatThrownBy(() -> glance.named("any"))
                .hasMessage("Glance says that its list of images goes on at 'x', which is not below /v2/");
    }

    @Test
    void aTokenIsRenewedHoweverLongTheRefusalOfTheOldOneIs(OpenStack cloud) throws Exception {
        Glance glance = glance(cloud, page -> "");
        server.removeContext("/");
        server.createContext("/", exchange -> {
            boolean first = pages.incrementAndGet() == 1;
            byte[] body = (first ? "x".repeat(20_000) : "{\"images\": []}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(first ? 401 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(glance.named("any")).isEmpty();
    }
}
