package io.jenkins.plugins.imagefactory.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import io.jenkins.plugins.imagefactory.openstack.volume.Volumes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cloud whose answers are JSON, and not what they should be: one sentence comes of it. */
class StrangeAnswersTest {
    private static final String TOKEN = """
            {"token": {"expires_at": "2126-12-01T00:00:00Z", "project": {"id": "p", "name": "factory"}, "catalog": [
             {"type": "image", "endpoints": [{"interface": "public", "url": "URL"}]},
             {"type": "block-storage", "endpoints": [{"interface": "public", "url": "URL/v3/p"}]},
             {"type": "orchestration", "endpoints": [{"interface": "public", "url": "URL/v1/p"}]}]}}
            """;

    private HttpServer server;
    private String login;
    private String answer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean isLogin = exchange.getRequestURI().getPath().equals("/v3/auth/tokens");
            byte[] body = (isLogin ? login : answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Subject-Token", "token");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        login = TOKEN.replace("URL", url());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Session session() throws OpenStackException {
        return new Session(
                TestSessions.HTTP,
                ClientOptions.none()
                        .with("auth_url", url() + "/v3")
                        .with("username", "builder")
                        .with("password", "secret")
                        .with("project_name", "factory")
                        .toLogin("cloud"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3                                    | it is no object",
                "null                                 | it is no object",
                "{\"id\": \"x\", \"created_at\": \"soon\"} | it was created at 'soon'"
            })
    void anImageThatIsNone(String image, String why) {
        answer = "{\"images\": [" + image + "]}";

        assertThatThrownBy(() -> Glance.of(session()).named("x"))
                .isInstanceOf(OpenStackException.class)
                .hasMessage("Glance answered with an image that cannot be read: " + why);
    }

    @Test
    void tagsThatAreNoTexts() throws Exception {
        answer = "{\"images\": [{\"id\": \"x\", \"tags\": {\"a\": [1]}}, {\"id\": \"y\"}]}";

        assertThat(Glance.of(session()).named("x")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"60000, 10", "600000, 1"})
    void imagesWithSoManyPropertiesThatAPageIsTooLongComeInSmallerOnes(int bytes, int expected) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.removeContext("/");
        server.createContext("/", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            boolean isLogin = exchange.getRequestURI().getPath().equals("/v3/auth/tokens");
            int limit = Integer.parseInt(
                    query.replaceFirst(".*limit=(\\d+).*", "$1").replace("null", "0"));
            String image = "{\"id\": \"x\", \"own\": \"" + "x".repeat(bytes) + "\"}";
            String images = String.join(", ", Collections.nCopies(limit, image));
            boolean last = asked.addAndGet(isLogin ? 0 : 1) > 4;
            answer = "{\"images\": [" + images + "]" + (last ? "" : ", \"next\": \"/v2/images?" + query + "\"") + "}";
            byte[] body = (isLogin ? login : answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Subject-Token", "token");
            exchange.sendResponseHeaders(200, body.length);
            try {
                exchange.getResponseBody().write(body);
            } catch (IOException nobodyReadsIt) {
                return;
            } finally {
                exchange.close();
            }
        });

        assertThat(Glance.of(session()).newest(100)).hasSize(expected);
        assertThat(Glance.of(session()).named("x")).hasSizeGreaterThanOrEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/ images", "/v2/%zz", "/v2/\\u0007", "elsewhere"})
    void aNextPageThatIsNoAddress(String next) {
        answer = "{\"images\": [], \"next\": \"" + next + "\"}";

        assertThatThrownBy(() -> Glance.of(session()).named("x"))
                .isInstanceOf(OpenStackException.class)
                .hasMessageStartingWith("Glance says that its list of images goes on at '");
    }

    @Test
    void aTokenWithoutATime() {
        login = "{\"token\": {\"expires_at\": \"never\"}}";

        assertThatThrownBy(() -> session().project())
                .isInstanceOf(OpenStackException.class)
                .hasMessageContaining("a token that is good until 'never', which is no time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a b", "images", "//host/v2", ""})
    void anAddressInTheCatalogThatIsNone(String address) {
        login = TOKEN.replace("URL", address);

        assertThatThrownBy(() -> session().endpoint(ServiceType.IMAGE))
                .isInstanceOf(OpenStackException.class)
                .hasMessage("the cloud's catalog has an address for 'image' that is none: '" + address + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"volumes\": 3}",
                "{\"volumes\": [null, {}]}",
                "{\"volume\": {}}",
                "{\"volume\": null}"
            })
    void volumesThatAreNone(String volumes) {
        answer = volumes;

        for (String asked : new String[] {"x", "4c71a667-a1b6-4e36-8c7c-976d2032879d"}) {
            assertThatThrownBy(() -> Volumes.of(session()).find(asked)).isInstanceOf(OpenStackException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"stacks\": 3}", "{\"stacks\": [null]}", "{\"stacks\": [{}]}"})
    void stacksThatAreNone(String stacks) {
        answer = stacks;

        assertThatThrownBy(() -> Stacks.of(session()).find("x").orElseThrow(() -> new OpenStackException("none")))
                .isInstanceOf(OpenStackException.class);
    }
}
