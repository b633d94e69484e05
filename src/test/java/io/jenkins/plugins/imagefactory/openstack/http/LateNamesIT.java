package io.jenkins.plugins.imagefactory.openstack.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.imagefactory.fixture.NameServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud whose name is told late, or not at all. */
class LateNamesIT {
    private static final String HOST = "cloud.example";

    @TempDir
    Path directory;

    private HttpServer cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloud.createContext("/", exchange -> {
            byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        cloud.start();
    }

    @AfterEach
    void stop() {
        cloud.stop(0);
    }

    private String call(NameServer names, String host, int retries) throws Exception {
        return names.output(
                        directory,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx64m",
                                "-classpath",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                NamesProcess.class.getName(),
                                "http://" + host + ":" + cloud.getAddress().getPort() + "/",
                                String.valueOf(retries)))
                .strip();
    }

    @Test
    void aNameThatIsToldAfterAWhileIsWaitedFor() throws Exception {
        try (NameServer names = NameServer.of(HOST, 2, Duration.ofMillis(300))) {
            assertThat(call(names, HOST, 2)).isEqualTo("answered");
        }
    }

    @Test
    void aNameThatNobodyAnswersForMayBeKnownAMomentLater() throws Exception {
        try (NameServer names = NameServer.of(HOST, 1000, Duration.ZERO)) {
            assertThat(call(names, HOST, 0))
                    .startsWith("may pass: Glance at http://" + HOST)
                    .endsWith("could not be reached: no name server has answered for its host name");
        }
    }

    @Test
    void aNameThatThereIsNotIsNotAskedForAgain() throws Exception {
        try (NameServer names = NameServer.of(HOST, 0, Duration.ZERO)) {
            assertThat(call(names, "other.example", 2))
                    .startsWith("stays: Glance at http://other.example")
                    .endsWith("its host name is unknown");
        }
    }
}
