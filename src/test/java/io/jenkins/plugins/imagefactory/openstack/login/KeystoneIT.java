package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages as a Keystone with a list limit sends them, and as one sends them that means ill. */
class KeystoneIT {
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @AfterEach
    void stopServers() {
        servers.forEach(server -> server.stop(0));
    }

    /** @param next the link in the answer to a request */
    private URI keystone(UnaryOperator<String> next) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext("/", exchange -> {
            String request = exchange.getRequestURI().toString();
            requests.add(address.getPort() + request + " "
                    + exchange.getRequestHeaders().getFirst("X-Auth-Token"));
            String link = next.apply(request);
            byte[] body = ("{\"projects\": [{\"id\": \"" + requests.size()
                            + "\", \"name\": \"p\", \"domain_id\": \"d\"}]," + " \"links\": {\"next\": "
                            + (link == null ? "null" : "\"" + link + "\"") + "}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return address;
    }

    private static List<Project> projects(URI address) throws OpenStackException {
        return new Keystone(TestSessions.HTTP, TestSessions.endpoint(address), token -> {}).projectsOf("t0ken");
    }

    @Test
    void readsOnAtTheSameOrigin() throws Exception {
        URI keystone = keystone(request -> request.contains("marker") ? null : "/v3/auth/projects?marker=1");

        assertThat(projects(keystone)).hasSize(2);
    }

    @Test
    void givesTheTokenToNobodyElse() throws Exception {
        URI elsewhere = keystone(request -> null);
        URI keystone = keystone(request -> elsewhere + "/v3/auth/projects?marker=1");

        assertThatThrownBy(() -> projects(keystone))
                .isInstanceOf(OpenStackException.class)
                .hasMessage("Keystone at " + keystone + " says that its list goes on at '" + elsewhere
                        + "/v3/auth/projects?marker=1', and gets no token there: have its public_endpoint be the"
                        + " address by which clients reach it");
        assertThat(requests).noneMatch(request -> request.startsWith(elsewhere.getPort() + "/"));
    }

    @Test
    void aLinkThatIsNoAddressIsRefused() throws Exception {
        URI keystone = keystone(request -> "ht tp:");

        assertThatThrownBy(() -> projects(keystone))
                .isInstanceOf(OpenStackException.class)
                .hasMessageContaining("'ht tp:'");
    }

    @Test
    void aListThatLeadsInACircleIsRefused() throws Exception {
        URI keystone = keystone(request -> "/v3/auth/projects");

        assertThatThrownBy(() -> projects(keystone)).hasMessageEndingWith(" has a list of projects without an end");
    }

    @Test
    void aListWithoutEndIsGivenUp() throws Exception {
        URI keystone = keystone(request -> "/v3/auth/projects?marker=" + requests.size());

        assertThatThrownBy(() -> projects(keystone)).hasMessageEndingWith(" has a list of projects without an end");
        assertThat(requests).hasSize(1000);
    }
}
