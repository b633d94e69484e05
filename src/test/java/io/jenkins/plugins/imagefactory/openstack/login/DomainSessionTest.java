package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Against a Keystone that lets into a domain: in the test cloud nobody has a role on one. */
class DomainSessionTest {
    private static final byte[] TOKEN = """
            {"token": {"expires_at": "2999-01-01T00:00:00.000000Z", "user": {"name": "admin"},
             "domain": {"id": "default", "name": "Default"}, "catalog": []}}""".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatNeedsAProjectSaysSoWhereALoginHasNone() throws Exception {
        HttpServer keystone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keystone.createContext("/v3/auth/tokens", exchange -> {
            exchange.getResponseHeaders().add("X-Subject-Token", "t");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, TOKEN.length);
            exchange.getResponseBody().write(TOKEN);
            exchange.close();
        });
        keystone.start();
        try {
            CloudEndpoint endpoint = new CloudEndpoint(
                    "lab",
                    URI.create("http://127.0.0.1:" + keystone.getAddress().getPort()),
                    null,
                    "public");
            Session session = new Session(
                    TestSessions.HTTP,
                    new CloudLogin(
                            endpoint, new Identity.Password("admin", "Default", "p"), new Scope.OfDomain("Default")));

            assertThat(session.place()).isEqualTo("domain 'Default' of cloud 'lab'");
            assertThatThrownBy(session::project)
                    .isInstanceOf(OpenStackException.class)
                    .hasMessage(
                            "user 'admin' of domain 'Default' logs in to domain 'Default' of cloud 'lab', and to no "
                                    + "project, which this needs: name a project in the cloud's configuration or in the step");
        } finally {
            keystone.stop(0);
        }
    }
}
