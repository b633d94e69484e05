package io.jenkins.plugins.imagefactory.demo;

import io.jenkins.plugins.imagefactory.fixture.Program;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Jenkins from a war, on a free port of 127.0.0.1, and one agent that connects to it over WebSocket. */
final class JenkinsServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern CRUMB = Pattern.compile("\"crumb\":\"([^\"]+)\"");
    /** What Jenkins hides in its console for its own pages. */
    private static final Pattern NOTE = Pattern.compile("\u001b\\[8mha:.*?\u001b\\[0m");

    private static final Pattern NEXT_BUILD = Pattern.compile("\"nextBuildNumber\":(\\d+)");
    private static final Pattern AGENT_SECRET = Pattern.compile("<argument>([0-9a-f]{64})</argument>");

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final Path home;
    private final URI url;
    private final List<Program> programs = new ArrayList<>();

    private JenkinsServer(Path home, URI url) {
        this.home = home;
        this.url = url;
    }

    /**
     * Starts Jenkins without its setup wizard and without its TCP agent port, and waits until it is up.
     *
     * @param home with plugins and jobs, as Jenkins finds them, and its configuration as code in {@code casc/}
     */
    static JenkinsServer start(Path war, Path home) throws IOException, InterruptedException {
        int port = freePort();
        JenkinsServer server = new JenkinsServer(home, URI.create("http://127.0.0.1:" + port + "/"));
        server.programs.add(Program.start(
                home.resolve("jenkins.log"),
                Map.of("JENKINS_HOME", home.toString(), "CASC_JENKINS_CONFIG", home + "/casc"),
                List.of(
                        java(),
                        "-Djenkins.install.runSetupWizard=false",
                        "-Djenkins.model.Jenkins.slaveAgentPort=-1",
                        "-Djava.awt.headless=true",
                        "-jar",
                        war.toString(),
                        "--httpListenAddress=127.0.0.1",
                        "--httpPort=" + port)));
        try {
            await(
                    "Jenkins did not start",
                    home.resolve("jenkins.log"),
                    () -> server.status("api/json") == HttpURLConnection.HTTP_OK);
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    URI url() {
        return url;
    }

    /** Connects an agent of that name, which Jenkins must know already. */
    void connectAgent(String name, Path directory) throws IOException, InterruptedException {
        Path jar = directory.resolve("agent.jar");
        Files.createDirectories(directory);
        http.send(request("jnlpJars/agent.jar").build(), BodyHandlers.ofFile(jar));
        Matcher secret = AGENT_SECRET.matcher(get("computer/" + name + "/jenkins-agent.jnlp"));
        if (!secret.find()) {
            throw new IOException("Jenkins gives no secret for the agent '" + name + "': see " + home + "/jenkins.log");
        }
        Path secretFile = Files.writeString(directory.resolve("secret"), secret.group(1));
        programs.add(Program.start(
                directory.resolve("agent.log"),
                Map.of(),
                List.of(
                        java(),
                        "-jar",
                        jar.toString(),
                        "-url",
                        url.toString(),
                        "-name",
                        name,
                        "-secret",
                        "@" + secretFile,
                        "-webSocket",
                        "-workDir",
                        directory.toString())));
        await(
                "The agent '" + name + "' did not connect",
                directory.resolve("agent.log"),
                () -> get("computer/" + name + "/api/json").contains("\"offline\":false"));
    }

    /** Starts the job's next build, hands its console on while it grows, and returns its result. */
    String build(String job, Consumer<String> console) throws IOException, InterruptedException {
        String build = "job/" + job + "/" + first(NEXT_BUILD, get("job/" + job + "/api/json"));
        post("job/" + job + "/build", BodyPublishers.noBody());
        String start = "0";
        for (boolean more = true; more; ) {
            Thread.sleep(300);
            HttpResponse<String> text = http.send(
                    request(build + "/logText/progressiveText?start=" + start).build(), BodyHandlers.ofString());
            if (text.statusCode() == 200) {
                console.accept(NOTE.matcher(text.body()).replaceAll(""));
                start = text.headers().firstValue("X-Text-Size").orElse(start);
                more = text.headers().firstValue("X-More-Data").isPresent();
            }
        }
        return first(Pattern.compile("\"result\":\"?(\\w+)"), get(build + "/api/json"));
    }

    /** Creates a job from its {@code config.xml}. */
    void createJob(String job, String config) throws IOException, InterruptedException {
        post("createItem?name=" + job, BodyPublishers.ofString(config));
    }

    private void post(String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Jenkins-Crumb", first(CRUMB, get("crumbIssuer/api/json")))
                .header("Content-Type", "application/xml")
                .POST(body)
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status >= HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new IOException("Jenkins answered " + status + " to " + request.uri());
        }
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.discarding()).statusCode();
    }

    /** A header of the answer to a request. */
    Optional<String> header(String path, String name) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.discarding())
                .headers()
                .firstValue(name);
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(String failure, Path log, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException notYet) {
                // the port is not open
            }
            Thread.sleep(300);
        }
        throw new IOException(failure + " within " + PATIENCE.toMinutes() + " minutes: see " + log);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE);
    }

    private static String first(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("Jenkins answered without " + pattern + ": " + text);
        }
        return matcher.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Ends the agent, then Jenkins. */
    @Override
    public void close() {
        for (int i = programs.size() - 1; i >= 0; i--) {
            programs.get(i).close();
        }
        programs.clear();
    }
}
