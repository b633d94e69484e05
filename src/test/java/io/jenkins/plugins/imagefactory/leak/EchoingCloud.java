package io.jenkins.plugins.imagefactory.leak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A cloud that means ill, which no real one can be made to: it repeats the secret of the login and the token of the request
 * wherever an answer has room for a text. Keystone, Glance, Cinder and Heat are one server.
 */
public final class EchoingCloud implements AutoCloseable {
    /** Stands before each secret that is repeated. */
    public static final String ECHO = "echo:";

    /** The image and the volume that there are. */
    public static final String NAME = "it";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";
    private static final String STACK = "7d9c9a5e-0f43-4b2f-9f5b-51b0b7e9a001";
    private static final String LATER = "2100-01-01T00:00:00.000000Z";
    private static final byte[] DATA = "raw bytes".getBytes(StandardCharsets.UTF_8);

    /** Where it repeats what it was told. */
    public enum Manner {
        /** In the error that answers the login. */
        REFUSES_THE_LOGIN,
        /** In the error that answers what is asked with a token that is good for no project. */
        REFUSES_TO_LIST_PROJECTS,
        /** In the error that answers everything after the login. */
        REFUSES_REQUESTS,
        /** In the error that answers whoever sends or wants an image's data, or accepts an image. */
        REFUSES_DATA,
        /** In the names of projects and images, in properties, tags and parameters, for all that is asked is done. */
        OBLIGES
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, ObjectNode> images = new ConcurrentHashMap<>();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private volatile Manner manner = Manner.OBLIGES;
    private volatile String told = "";
    /** What a stack that there is repeats; null if there is none. */
    private volatile String stackTold;

    public EchoingCloud() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Begins anew. */
    public void behave(Manner how) {
        manner = how;
        images.clear();
        secrets.clear();
        told = "";
        stackTold = null;
    }

    public URI authUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v3");
    }

    /** The secrets of logins that it was told, and the tokens that it gave, since it last {@link #behave began}. */
    public Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String token = exchange.getRequestHeaders().getFirst("X-Auth-Token");
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        String echo = token == null ? ECHO + told : ECHO + token + " " + ECHO + told;
        if (path.endsWith("/v3/auth/tokens")) {
            logIn(exchange, JSON.readTree(body).path("auth"));
        } else if (manner == Manner.REFUSES_TO_LIST_PROJECTS
                || manner == Manner.REFUSES_REQUESTS
                || manner == Manner.REFUSES_DATA && path.matches(".*/(file|members/[^/]+)")) {
            answer(exchange, 400, JSON.createObjectNode().put("message", echo));
        } else if (path.endsWith("/projects")) {
            ObjectNode found = JSON.createObjectNode();
            found.putArray("projects").add(project("other", "dev"));
            answer(exchange, 200, found);
        } else if (path.contains("/volumes/")) {
            answer(exchange, 200, volume(method, echo));
        } else if (path.matches(".*/stacks(/.*)?")) {
            stack(exchange, method, path, body, echo);
        } else if (path.endsWith("/validate")) {
            ObjectNode valid = JSON.createObjectNode();
            valid.putObject("Parameters").putObject(echo).put("Type", echo);
            answer(exchange, 200, valid);
        } else if (path.endsWith("/file") && method.equals("GET")) {
            answer(exchange, 200, DATA);
        } else {
            image(exchange, method, path.replaceFirst("^/v2/images/?", "").split("/"), body, echo);
        }
    }

    private void logIn(HttpExchange exchange, JsonNode auth) throws IOException {
        JsonNode identity = auth.path("identity");
        told = identity.at("/password/user/password").asText()
                + identity.at("/application_credential/secret").asText()
                + identity.at("/token/id").asText();
        secrets.add(told);
        boolean scoped = auth.path("scope").isObject();
        if (manner == Manner.REFUSES_THE_LOGIN || manner == Manner.REFUSES_TO_LIST_PROJECTS && scoped) {
            ObjectNode fault = JSON.createObjectNode();
            fault.putObject("error").put("message", ECHO + told);
            answer(exchange, manner == Manner.REFUSES_THE_LOGIN ? 403 : 401, fault);
            return;
        }
        String token = "t0ken-" + UUID.randomUUID();
        secrets.add(token);
        exchange.getResponseHeaders().set("X-Subject-Token", token);
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode given = answer.putObject("token").put("expires_at", LATER);
        given.putObject("user").put("name", "user " + ECHO + told);
        given.set("project", project(PROJECT, "factory " + ECHO + told));
        ArrayNode catalog = given.putArray("catalog");
        for (String service : Set.of("image", "block-storage", "orchestration")) {
            catalog.addObject()
                    .put("type", service)
                    .putArray("endpoints")
                    .addObject()
                    .put("interface", "public")
                    .put("region_id", "One")
                    .put("url", authUrl().resolve("/").toString());
        }
        answer(exchange, 201, answer);
    }

    private static ObjectNode project(String id, String name) {
        return JSON.createObjectNode().put("id", id).put("name", name).put("domain_id", "default");
    }

    private ObjectNode volume(String method, String echo) {
        ObjectNode answer = JSON.createObjectNode();
        if (method.equals("GET")) {
            answer.putArray("volumes")
                    .addObject()
                    .put("id", "1f62c4a4-3b0a-4a64-9d6f-6a1c9d7f0c11")
                    .put("name", NAME + " " + echo)
                    .put("status", "available")
                    .put("size", 1);
        } else {
            ObjectNode made = made(UUID.randomUUID().toString(), echo);
            answer.putObject("os-volume_upload_image")
                    .put("image_id", made.path("id").asText());
        }
        return answer;
    }

    /** Of the parameters of a stack it repeats the value of p. */
    private void stack(HttpExchange exchange, String method, String path, byte[] body, String echo) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        if (method.equals("POST")) {
            stackTold =
                    echo + " " + ECHO + JSON.readTree(body).at("/parameters/p").asText();
            if (manner == Manner.REFUSES_DATA) {
                answer(exchange, 400, answer.put("message", stackTold));
                return;
            }
            answer.set("stack", stack());
            answer(exchange, 201, answer);
            return;
        }
        if (method.equals("DELETE")) {
            stackTold = null;
            answer(exchange, 204, new byte[0]);
            return;
        }
        if (path.endsWith("/stacks")) {
            ArrayNode found = answer.putArray("stacks");
            if (stackTold != null) {
                found.add(stack());
            }
        } else if (path.endsWith("/events")) {
            answer.putArray("events").add(happened().put("event_time", "2026-11-21T00:00:00Z"));
        } else if (path.endsWith("/resources")) {
            answer.putArray("resources").add(happened());
        } else {
            answer.set("stack", stack());
        }
        answer(exchange, 200, answer);
    }

    private ObjectNode stack() {
        ObjectNode stack = JSON.createObjectNode()
                .put("id", STACK)
                .put("stack_name", NAME)
                .put("stack_status", "CREATE_COMPLETE")
                .put("stack_status_reason", stackTold);
        stack.putArray("outputs").addObject().put("output_key", "told").put("output_value", stackTold);
        return stack;
    }

    private ObjectNode happened() {
        ObjectNode event = JSON.createObjectNode()
                .put("id", STACK)
                .put("resource_name", "resource " + stackTold)
                .put("resource_type", "type " + stackTold)
                .put("physical_resource_id", "id " + stackTold)
                .put("resource_status", "CREATE_COMPLETE")
                .put("resource_status_reason", stackTold);
        event.putArray("links");
        return event;
    }

    /** @param path below {@code /v2/images/} */
    private void image(HttpExchange exchange, String method, String[] path, byte[] body, String echo)
            throws IOException {
        if (path.length > 1 && path[1].equals("members")) {
            ObjectNode members = JSON.createObjectNode();
            members.putArray("members");
            answer(exchange, 200, members);
        } else if (path[0].isEmpty() && method.equals("GET")) {
            ObjectNode list = JSON.createObjectNode();
            boolean hidden = String.valueOf(exchange.getRequestURI().getQuery()).contains("os_hidden");
            ArrayNode found = list.putArray("images");
            if (!hidden) {
                found.add(made("4c71a667-a1b6-4e36-8c7c-976d2032879d", echo));
            }
            answer(exchange, 200, list);
        } else if (method.equals("POST")) {
            JsonNode wanted = JSON.readTree(body);
            ObjectNode draft = made(wanted.path("id").asText(), echo).put("status", "queued");
            draft.put("name", wanted.path("name").asText());
            answer(exchange, 201, draft);
        } else if (method.equals("PUT")) {
            images.get(path[0]).put("status", "active");
            answer(exchange, 204, new byte[0]);
        } else if (method.equals("DELETE")) {
            answer(exchange, 204, new byte[0]);
        } else {
            ObjectNode image = images.getOrDefault(path[0], made(path[0], echo));
            if (method.equals("PATCH")) {
                change(image, JSON.readTree(body), echo);
            }
            answer(exchange, 200, image);
        }
    }

    private static void change(ObjectNode image, JsonNode patch, String echo) {
        for (Iterator<JsonNode> changes = patch.elements(); changes.hasNext(); ) {
            JsonNode change = changes.next();
            image.set(change.path("path").asText().substring(1), change.path("value"));
        }
        image.put("name", NAME + " " + echo);
    }

    private ObjectNode made(String id, String echo) {
        ObjectNode image = JSON.createObjectNode()
                .put("id", id)
                .put("name", NAME + " " + echo)
                .put("status", "active")
                .put("size", DATA.length)
                .put("checksum", digest("MD5"))
                .put("os_hash_algo", "sha512")
                .put("os_hash_value", digest("SHA-512"))
                .put("visibility", "shared")
                .put("disk_format", "raw")
                .put("container_format", "bare")
                .put("owner", PROJECT)
                .put("created_at", "2026-11-21T00:00:00Z")
                .put("told", echo);
        image.putArray("tags").add(echo);
        images.put(id, image);
        return image;
    }

    private static String digest(String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(DATA));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(exchange, status, JSON.writeValueAsBytes(body));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
