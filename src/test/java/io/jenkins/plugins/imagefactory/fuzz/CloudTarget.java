package io.jenkins.plugins.imagefactory.fuzz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.ImagePruning;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Heat;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import io.jenkins.plugins.imagefactory.openstack.volume.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a cloud that answers with any bytes. The first byte of an input tells what is asked, the second the status of the answers, the
 * others are what all answers to it are; a login before it gets a good answer.
 */
public final class CloudTarget {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final String ID = "4c71a667-a1b6-4e36-8c7c-976d2032879d";
    private static final int[] STATUS = {200, 201, 204, 300, 400, 401, 403, 404, 409, 500};
    private static final String GOOD_LOGIN = """
            {"token": {"expires_at": "2126-12-01T00:00:00.000000Z", "user": {"name": "builder"},
             "project": {"id": "p", "name": "factory", "domain": {"id": "default"}}, "catalog": [
              {"type": "image", "endpoints": [{"interface": "public", "region_id": "R", "url": "URL"}]},
              {"type": "orchestration", "endpoints": [{"interface": "public", "region_id": "R", "url": "URL/v1/p"}]},
              {"type": "block-storage", "endpoints": [{"interface": "public", "region_id": "R", "url": "URL/v3/p"}]}]}}
            """;

    private static volatile boolean answersLogins;
    private static volatile int status;
    private static volatile byte[] body;

    private CloudTarget() {}

    @FunctionalInterface
    private interface Question {
        void ask(Session session) throws IOException;
    }

    private static final List<Question> QUESTIONS = List.of(
            session -> {
                session.project();
                session.services();
                session.unencrypted();
                session.endpoint(ServiceType.IMAGE);
            },
            Session::projects,
            session -> Glance.of(session).find(ID),
            session -> Glance.of(session).named("name"),
            session -> Glance.of(session).newest(5),
            session -> new ImagePruning("a*", null, 1, true, 9, true, Set.of()).prune(Glance.of(session)),
            session -> Stacks.of(session).find(ID),
            session -> Heat.of(session).validate("x", Map.of(), null),
            session -> Volumes.of(session).find("volume"));

    /** What Jazzer calls, again and again. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int question = (input[0] & 0xff) % QUESTIONS.size();
        answersLogins = question > 0;
        status = STATUS[(input[1] & 0xff) % STATUS.length];
        body = Arrays.copyOfRange(input, 2, input.length);
        Expectation.ends(TIME, () -> {
            try {
                QUESTIONS.get(question).ask(session());
            } catch (OpenStackException e) {
                Expectation.isShown(e.getMessage());
            }
        });
    }

    private static Session session() throws OpenStackException {
        return new Session(
                Cloud.HTTP,
                ClientOptions.none()
                        .with("auth_url", url() + "/v3")
                        .with("username", "builder")
                        .with("password", "secret")
                        .with("project_name", "factory")
                        .toLogin("cloud"));
    }

    static List<byte[]> seeds() {
        String image = """
                {"id": "%s", "name": "a1", "status": "active", "size": 3, "virtual_size": null, "checksum": "x",
                 "os_hash_algo": "sha512", "os_hash_value": "y", "visibility": "shared", "disk_format": "raw",
                 "container_format": "bare", "min_disk": 0, "min_ram": 0, "owner": "p", "protected": false,
                 "os_hidden": false, "tags": ["t"], "created_at": "2026-12-01T00:00:00Z", "own": "property"}""".formatted(ID);
        List<String> bodies = List.of(
                GOOD_LOGIN.replace("URL", "http://127.0.0.1:1"),
                "{\"projects\": [{\"id\": \"p\", \"name\": \"n\", \"domain_id\": \"d\"}], \"links\": {\"next\": null}}",
                image,
                "{\"images\": [" + image + "], \"next\": null}",
                "{\"images\": [" + image + "]}",
                "{\"images\": [" + image + "]}",
                "{\"stacks\": [{\"id\": \"" + ID + "\", \"stack_name\": \"s\", \"stack_status\": \"CREATE_COMPLETE\","
                        + " \"links\": []}]}",
                "{\"Parameters\": {\"size\": {\"Type\": \"Number\"}}}",
                "{\"volumes\": [{\"id\": \"v\", \"name\": \"volume\", \"status\": \"available\", \"size\": 1}]}");
        List<byte[]> seeds = new ArrayList<>();
        for (int question = 0; question < QUESTIONS.size(); question++) {
            seeds.add(seed(question, 0, bodies.get(question)));
            seeds.add(seed(question, 4, "{\"badRequest\": {\"message\": \"no <br /> such\"}}"));
            seeds.add(seed(question, 9, "<html><title>500 Oops</title></html>"));
        }
        return seeds;
    }

    private static byte[] seed(int question, int status, String body) {
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        byte[] seed = new byte[text.length + 2];
        seed[0] = (byte) question;
        seed[1] = (byte) status;
        System.arraycopy(text, 0, seed, 2, text.length);
        return seed;
    }

    private static String url() {
        return "http://127.0.0.1:" + Cloud.SERVER.getAddress().getPort();
    }

    /** Started where answers are wanted. */
    private static final class Cloud {
        private static final HttpServer SERVER = server();
        private static final HttpTransport HTTP = transport();
    }

    private static HttpServer server() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", CloudTarget::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean login = answersLogins && exchange.getRequestURI().getPath().equals("/v3/auth/tokens");
            byte[] answer = login ? GOOD_LOGIN.replace("URL", url()).getBytes(StandardCharsets.UTF_8) : body;
            exchange.getResponseHeaders().add("X-Subject-Token", "token");
            boolean empty = answer.length == 0 || !login && status == 204;
            exchange.sendResponseHeaders(login ? 201 : status, empty ? -1 : answer.length);
            if (!empty) {
                exchange.getResponseBody().write(answer);
            }
        }
    }

    private static HttpTransport transport() {
        try {
            return new HttpTransport(HttpSettings.DEFAULT.withRetries(0));
        } catch (OpenStackException e) {
            throw new IllegalStateException(e);
        }
    }
}
