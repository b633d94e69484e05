package io.jenkins.plugins.imagefactory.openstack.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A transport that nobody holds but its own call under way, in a Java that gives up at once what is not needed any more. */
class UnheldTransportIT {
    private static final int COLLECTIONS = 20;

    @Test
    void theCallHasItsConnectionUntilItEnds() throws Exception {
        String call = HttpTransport.class.getName() + "::*";
        Process java = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xcomp",
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=compileonly," + call,
                        "-cp",
                        System.getProperty("java.class.path"),
                        UnheldTransportIT.class.getName()))
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("answered 200\n");
        assertThat(java.waitFor()).isZero();
    }

    /** Collects garbage while the call waits for its answer. */
    public static void main(String... arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
                pause();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try {
            int status = new HttpTransport(TestSessions.SETTINGS)
                    .send("Glance", HttpTransport.request("GET", address))
                    .status();
            System.out.println("answered " + status);
        } finally {
            server.stop(0);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
