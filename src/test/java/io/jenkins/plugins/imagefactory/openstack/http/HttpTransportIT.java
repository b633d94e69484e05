package io.jenkins.plugins.imagefactory.openstack.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.imagefactory.fixture.ServerCertificate;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against servers of this JDK on 127.0.0.1, which answer what real services answer only on bad days. */
class HttpTransportIT {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stopServers() {
        servers.forEach(server -> server.stop(0));
    }

    /** Answers with one status after the other, and with the last one for ever. */
    private URI serverThatAnswers(int... statuses) throws IOException {
        return start(HttpServer.create(loopback(), 0), exchange -> {
            int status = statuses[Math.min(requests.size(), statuses.length) - 1];
            if (status == 429) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            answer(exchange, status, status < 400 ? "{}" : "");
        });
    }

    private URI start(HttpServer server, Handler handler) {
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            handler.handle(exchange);
        });
        server.start();
        servers.add(server);
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/v2/images");
    }

    @FunctionalInterface
    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void call(HttpSettings settings, String method, URI address) throws OpenStackException {
        try (HttpTransport http = new HttpTransport(settings)) {
            http.send("Glance", HttpTransport.request(method, address));
        }
    }

    @Test
    void anIdempotentCallIsRepeatedAfterAFailureInPassing() throws Exception {
        call(TestSessions.SETTINGS.withRetries(2), "GET", serverThatAnswers(503, 502, 200));

        assertThat(requests).hasSize(3);
    }

    @Test
    void theLastFailureIsToldWhenNoneWasPassing() throws Exception {
        URI away = serverThatAnswers(503);

        assertThatThrownBy(() -> call(TestSessions.SETTINGS.withRetries(1), "GET", away))
                .hasMessage("Glance at " + away
                        + " answered 503 Service Unavailable to GET: the service is away, or overloaded")
                .isInstanceOfSatisfying(
                        OpenStackException.class, e -> assertThat(e.isPassing()).isTrue());
        assertThat(requests).hasSize(2);
    }

    @Test
    void aCallThatMayHaveHadItsEffectIsNotRepeated() throws Exception {
        URI failing = serverThatAnswers(503);

        assertThatThrownBy(() -> call(TestSessions.SETTINGS.withRetries(3), "POST", failing))
                .isInstanceOf(OpenStackException.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aCallThatWasTurnedAwayIsRepeatedWhenTheServiceSaysSo() throws Exception {
        long start = System.nanoTime();

        call(TestSessions.SETTINGS.withRetries(1), "POST", serverThatAnswers(429, 200));

        assertThat(requests).hasSize(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aCallIsNotRepeatedOnceNothingMoreMayBeSent() throws Exception {
        URI failing = serverThatAnswers(503, 200);
        Runnable onlyOne = () -> {
            if (!requests.isEmpty()) {
                throw new CancellationException();
            }
        };

        try (HttpTransport http = new HttpTransport(TestSessions.SETTINGS.withRetries(1)).asking(onlyOne)) {
            assertThatThrownBy(() -> http.send("Glance", HttpTransport.request("GET", failing)))
                    .isInstanceOf(CancellationException.class);
        }

        assertThat(requests).hasSize(1);
    }

    @Test
    void aServiceThatIsSilentIsGivenUp() throws Exception {
        URI silent = start(HttpServer.create(loopback(), 0), exchange -> {});
        HttpSettings impatient = new HttpSettings(Duration.ofSeconds(1), Duration.ofMillis(200), 0, Trust.JAVA, null);

        assertThatThrownBy(() -> call(impatient, "GET", silent))
                .hasMessage("Glance at " + silent + " did not answer in time");
    }

    @Test
    void aServiceThatDripsIsGivenUp() throws Exception {
        CountDownLatch givenUp = new CountDownLatch(1);
        URI dripping = start(HttpServer.create(loopback(), 0), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (givenUp.getCount() > 0) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        });
        HttpSettings impatient = new HttpSettings(Duration.ofSeconds(1), Duration.ofMillis(500), 0, Trust.JAVA, null);

        assertThatThrownBy(() -> call(impatient, "GET", dripping))
                .hasMessage("Glance at " + dripping + " had not answered wholly after 2 s");
        givenUp.countDown();
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() throws Exception {
        URI endless = start(HttpServer.create(loopback(), 0), exchange -> fill(exchange, 200));

        assertThatThrownBy(() -> call(TestSessions.SETTINGS, "GET", endless))
                .hasMessage("Glance at " + endless + " answered with more than 4 MiB");
    }

    @ParameterizedTest
    @CsvSource({"20000, 50", "1, 1000000"})
    void anAnswerWithHeadersWithoutEndIsNotRead(int headers, int letters) throws Exception {
        URI talkative = start(HttpServer.create(loopback(), 0), exchange -> {
            for (int header = 0; header < headers; header++) {
                exchange.getResponseHeaders().add("X-" + header, "x".repeat(letters));
            }
            answer(exchange, 200, "{}");
        });

        assertThatThrownBy(() -> call(TestSessions.SETTINGS, "GET", talkative))
                .isInstanceOf(OpenStackException.class)
                .hasMessageContaining("could not be talked to: Maximum");
        try (HttpTransport files = HttpTransport.forFiles(TestSessions.SETTINGS)) {
            assertThatThrownBy(() -> files.send("Glance", HttpTransport.request("GET", talkative)))
                    .isInstanceOf(OpenStackException.class)
                    .hasMessageContaining("could not be talked to: Maximum");
        }
    }

    @Test
    void ofAnErrorOnlyTheBeginningIsRead() throws Exception {
        URI endless = start(HttpServer.create(loopback(), 0), exchange -> fill(exchange, 400));

        assertThatThrownBy(() -> call(TestSessions.SETTINGS, "GET", endless))
                .hasMessageStartingWith("Glance at " + endless + " answered 400 Bad Request to GET: ");
    }

    /** Sends until nobody reads any more. */
    private static void fill(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        byte[] spaces = "<title>".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            exchange.getResponseBody().write(spaces);
        }
    }

    @Test
    void aPauseThatAServiceAsksForIsNoTimeInWhichItOwesAnAnswer() throws Exception {
        URI busy = start(HttpServer.create(loopback(), 0), exchange -> {
            int status = requests.size() == 1 ? 503 : 200;
            exchange.getResponseHeaders().set("Retry-After", "2");
            answer(exchange, status, status == 200 ? "{}" : "");
        });
        HttpSettings impatient = new HttpSettings(Duration.ofMillis(100), Duration.ofMillis(500), 1, Trust.JAVA, null);

        call(impatient, "GET", busy);

        assertThat(requests).hasSize(2);
    }

    @Test
    void aServiceThatIsNoOpenStackIsNamed() throws Exception {
        URI website = start(HttpServer.create(loopback(), 0), exchange -> answer(exchange, 200, "<html>Hello</html>"));

        assertThatThrownBy(() -> call(TestSessions.SETTINGS, "GET", website))
                .hasMessage(website + " does not look like a Glance: its answer is not JSON");
    }

    @Test
    void aServiceThatSpeaksNoTlsIsTold() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket client = plain.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            answering.start();
            URI encrypted = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/v2/images");

            assertThatThrownBy(() -> call(TestSessions.SETTINGS, "GET", encrypted))
                    .hasMessage("Glance at " + encrypted + " does not speak TLS: is its address one with http://?");
        }
    }

    @Test
    void jenkinsProxyIsUsedSaveForTheHostsThatItDoesNotServe() throws Exception {
        URI proxy = start(HttpServer.create(loopback(), 0), exchange -> answer(exchange, 200, "{}"));
        HttpSettings through = proxied(proxy, List.of("direct\\.example"));

        call(through, "GET", URI.create("http://cloud.example/v2/images"));

        assertThat(requests).containsExactly("GET http://cloud.example/v2/images");
        URI direct = serverThatAnswers(200);
        call(proxied(proxy, List.of("127\\.0\\.0\\.1")), "GET", direct);
        assertThat(requests).last().isEqualTo("GET /v2/images");
    }

    private static HttpSettings proxied(URI proxy, List<String> direct) {
        return new HttpSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                0,
                Trust.JAVA,
                new HttpProxy(proxy.getHost(), proxy.getPort(), null, null, direct));
    }

    @Test
    void aSelfSignedServerIsBelievedOnlyWithItsCertificateOrWithoutVerification() throws Exception {
        ServerCertificate certificate =
                ServerCertificate.of(directory.resolve("keys.p12"), "CN=cloud.test", "ip:127.0.0.1");
        URI server = tlsServer(certificate);

        assertThatThrownBy(() -> call(TestSessions.SETTINGS, "GET", server))
                .hasMessageStartingWith(
                        "Glance at " + server
                                + " could not be trusted: its certificate CN=cloud.test, issued by CN=cloud.test and valid until ")
                .hasMessageEndingWith("is not trusted");
        call(TestSessions.SETTINGS.withTrust(new Trust(certificate.pem(), true)), "GET", server);
        call(TestSessions.SETTINGS.withTrust(new Trust(null, false)), "GET", server);
        assertThat(requests).hasSize(2);
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedByName() throws Exception {
        ServerCertificate certificate =
                ServerCertificate.of(directory.resolve("keys.p12"), "CN=cloud.test", "dns:cloud.test");
        URI server = tlsServer(certificate);

        assertThatThrownBy(
                        () -> call(TestSessions.SETTINGS.withTrust(new Trust(certificate.pem(), true)), "GET", server))
                .hasMessageContaining("could not be trusted: ")
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("cloud.test");
    }

    @Test
    void aTextThatIsNoCertificateIsRefused() {
        assertThatThrownBy(() -> Trust.certificates("hello"))
                .hasMessageStartingWith("the CA certificate is no PEM text");
        assertThatThrownBy(() -> Trust.certificates("")).hasMessageStartingWith("the CA certificate is no PEM text");
    }

    private URI tlsServer(ServerCertificate certificate) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        return start(server, exchange -> answer(exchange, 200, "{}"));
    }
}
