package io.jenkins.plugins.imagefactory.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.common.base.Throwables;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.EnvVars;
import io.jenkins.plugins.imagefactory.fixture.DiskImageBuilder;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.leak.LeakCase.Login;
import io.jenkins.plugins.imagefactory.openstack.http.HttpProxy;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.Trust;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each step with each secret that it knows: none is found in the console, in what the build keeps, in its artifacts, in the
 * environment of later steps or in the failure with all its causes.
 */
@Timeout(120)
@ResourceLock(DiskImageBuilder.MOUNTS)
class StepLeakIT {
    private static final ObjectMapper FIELDS = new ObjectMapper()
            .setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    private static final String PROXY_PASSWORD = "s3cret-proxy-4711";

    private static EchoingCloud cloud;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @BeforeAll
    static void startTheCloud() {
        cloud = new EchoingCloud();
    }

    @AfterAll
    static void stopTheCloud() {
        cloud.close();
    }

    static Stream<LeakCase> cases() {
        return LeakCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nobodyReadsASecretThatTheStepKnows(LeakCase known) throws IOException {
        cloud.behave(known.manner());
        try (TestClouds clouds = new TestClouds(options(known.login()))) {
            LocalBuild build =
                    LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);

            Path jenkinsfile = Files.writeString(directory.resolve("Jenkinsfile"), known.script());
            Throwable failure = catchThrowable(() -> Pipeline.run(jenkinsfile, build, Map.of()));

            Map<String, String> sinks = sinks(build, failure);
            assertThat(failure != null).as(sinks.toString()).isEqualTo(known.fails());
            assertThat(sinks.get("console") + sinks.get("failure")).contains(known.shown());
            assertThat(cloud.secrets()).contains(known.login().secret());
            for (String secret : cloud.secrets()) {
                assertThat(sinks)
                        .allSatisfy((sink, text) -> assertThat(text).as(sink).doesNotContain(secret));
            }
        }
    }

    @Test
    void nobodyReadsThePasswordOfJenkinsProxy() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", StepLeakIT::repeatTheLoginToTheProxy);
        proxy.start();
        HttpSettings settings = new HttpSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                0,
                Trust.JAVA,
                new HttpProxy("127.0.0.1", proxy.getAddress().getPort(), "jenkins", PROXY_PASSWORD, List.of()));
        try (HttpTransport http = new HttpTransport(settings)) {
            ClientOptions options = options(Login.PASSWORD).with("auth_url", "http://cloud.example/v3");
            LocalBuild build = LocalBuild.in(
                    directory.resolve("workspace"),
                    directory.resolve("archive"),
                    console,
                    (run, choice) -> new OpenedCloud("testcloud", options, null, true, http));

            Path jenkinsfile =
                    Files.writeString(directory.resolve("Jenkinsfile"), "glanceUpdate image: 'it', hidden: true");
            Throwable failure = catchThrowable(() -> Pipeline.run(jenkinsfile, build, Map.of()));

            assertThat(messages(failure)).contains("jenkins said ****").doesNotContain(PROXY_PASSWORD);
        } finally {
            proxy.stop(0);
        }
    }

    private static void repeatTheLoginToTheProxy(HttpExchange exchange) throws IOException {
        String login = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
        if (login == null) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            exchange.sendResponseHeaders(407, -1);
        } else {
            String said = new String(Base64.getDecoder().decode(login.replace("Basic ", "")), StandardCharsets.UTF_8);
            byte[] body = ("jenkins said " + said.replace("jenkins:", "")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static ClientOptions options(Login login) {
        ClientOptions options =
                ClientOptions.none().with("auth_url", cloud.authUrl().toString());
        return switch (login) {
            case PASSWORD ->
                options.with("username", "builder")
                        .withDomain("user_domain", "default")
                        .with("password", login.secret())
                        .withProject("factory", "default");
            case APPLICATION_CREDENTIAL ->
                options.with("application_credential_id", "an-id")
                        .with("application_credential_secret", login.secret());
            case TOKEN ->
                options.with("auth_type", "v3token")
                        .with("token", login.secret())
                        .withProject("factory", "default");
        };
    }

    /** Of all causes, and of what was suppressed. */
    private static String messages(Throwable failure) {
        return Throwables.getStackTraceAsString(failure).replaceAll("\\R\\s+at .*", "");
    }

    private Map<String, String> sinks(LocalBuild build, Throwable failure) throws IOException {
        Map<String, String> sinks = new LinkedHashMap<>();
        sinks.put("console", console.toString(StandardCharsets.UTF_8));
        sinks.put("failure", failure == null ? "" : messages(failure));
        ImageFactoryAction kept = build.action(ImageFactoryAction.class);
        if (kept != null) {
            EnvVars later = new EnvVars();
            kept.buildEnvironment(build.run(), later);
            sinks.put("environment of later steps", later.toString());
            sinks.put("record", FIELDS.writeValueAsString(kept));
        }
        try (Stream<Path> artifacts = Files.walk(Files.createDirectories(build.artifacts()))) {
            for (Path artifact : artifacts.toList()) {
                String name = build.artifacts().relativize(artifact).toString();
                sinks.put("name of artifact " + sinks.size(), name);
                if (Files.isRegularFile(artifact)) {
                    sinks.put("artifact " + sinks.size(), Files.readString(artifact, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return sinks;
    }
}
