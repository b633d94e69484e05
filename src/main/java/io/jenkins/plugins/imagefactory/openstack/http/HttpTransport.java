package io.jenkins.plugins.imagefactory.openstack.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.imagefactory.image.ByteCount;
import io.jenkins.plugins.imagefactory.workspace.UnwritableFileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP beneath all services of a cloud: pooled keep-alive connections, JSON, and errors as sentences. Its connections
 * end with {@link #close()}, or when nobody holds it any more, not even a call under way.
 */
public final class HttpTransport implements Closeable {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECTIONS_PER_SERVICE = 16;
    private static final int PARTIAL_CONTENT = 206;
    private static final int LONGEST_ANSWER = 4 << 20;
    private static final int LONGEST_ERROR = 8 << 10;
    /** HttpClient has no limits of its own to what stands before an answer. */
    static final Http1Config HEAD = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(64 << 10)
            .build();

    static final HttpMessageParserFactory<ClassicHttpResponse> ANSWERS = new DefaultHttpResponseParserFactory(HEAD);

    private static final Duration LONGEST_TRANSFER = Duration.ofDays(30);
    private static final TimeValue LONGEST_LIFE_OF_A_CONNECTION = TimeValue.ofMinutes(5);
    private static final String ATTEMPT = HttpTransport.class.getName() + ".attempt";

    private static final Cleaner CLEANER = Cleaner.create();

    private final HttpSettings settings;
    private final CloseableHttpClient client;
    private final Cleaner.Cleanable connections;
    private final HttpTransport shared;
    private final Runnable permission;

    /** @throws OpenStackException if the CA certificate of the settings cannot be read */
    public HttpTransport(HttpSettings settings) throws OpenStackException {
        this(
                settings,
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HEAD)
                                .responseParserFactory(ANSWERS)
                                .build()));
    }

    /**
     * One for {@link #sendData} with a {@link FileBody}, whose thread an interrupt tears away from the network.
     *
     * @throws OpenStackException if the CA certificate of the settings cannot be read
     */
    public static HttpTransport forFiles(HttpSettings settings) throws OpenStackException {
        return new HttpTransport(settings, new FileConnections());
    }

    private HttpTransport(HttpSettings settings, PoolingHttpClientConnectionManagerBuilder connectionManager)
            throws OpenStackException {
        this.settings = settings;
        client = HttpClients.custom()
                .setConnectionManager(connectionManager
                        .setMaxConnPerRoute(CONNECTIONS_PER_SERVICE)
                        .setMaxConnTotal(4 * CONNECTIONS_PER_SERVICE)
                        .setTlsSocketStrategy(settings.trust().tls())
                        .setDnsResolver(new NameResolution())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                                .setTimeToLive(LONGEST_LIFE_OF_A_CONNECTION)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(settings.responseTimeout()))
                        .build())
                .setRoutePlanner(new ProxyRoutes(settings.proxy()))
                .setDefaultCredentialsProvider(proxyCredentials(settings.proxy()))
                .setRetryStrategy(new BackOff(settings.retries()))
                .addExecInterceptorAfter(ChainElement.RETRY.name(), ATTEMPT, HttpTransport::attempt)
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .disableRedirectHandling()
                .build();
        CloseableHttpClient closed = client;
        connections = CLEANER.register(this, () -> closed.close(CloseMode.GRACEFUL));
        shared = this;
        permission = () -> {};
    }

    private HttpTransport(HttpTransport shared, Runnable permission) {
        settings = shared.settings;
        client = shared.client;
        connections = shared.connections;
        this.shared = shared.shared;
        this.permission = permission;
    }

    /**
     * The same connections for somebody who may not go on for ever.
     *
     * @param permission asked before every request, also before one is repeated: throws if nothing more is to be sent
     */
    public HttpTransport asking(Runnable permission) {
        return new HttpTransport(this, permission);
    }

    private static ClassicHttpResponse attempt(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.getAttribute(ATTEMPT) instanceof Runnable beginning) {
            beginning.run();
        }
        return chain.proceed(request, scope);
    }

    private static CredentialsProvider proxyCredentials(HttpProxy proxy) {
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        String password = proxy == null ? null : proxy.password();
        if (password != null && proxy.user() != null) {
            credentials.setCredentials(
                    new AuthScope(proxy.address()),
                    new UsernamePasswordCredentials(proxy.user(), password.toCharArray()));
        }
        return credentials;
    }

    public HttpSettings settings() {
        return settings;
    }

    /**
     * An answer of a service that is no error.
     *
     * @param body parsed JSON; a missing node if the service sent none
     */
    public record Answer(int status, JsonNode body, Optional<String> subjectToken) {}

    /** Sends the request; every failure and every status from 400 up is an {@link OpenStackException}. */
    public Answer send(String service, HttpUriRequestBase request) throws OpenStackException {
        return send(service, request, HttpClientContext.create());
    }

    /** Sends a request that may be repeated after any failure in passing, though its method is not idempotent. */
    public Answer sendHarmless(String service, HttpUriRequestBase request) throws OpenStackException {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(BackOff.HARMLESS, true);
        return send(service, request, context);
    }

    private Answer send(String service, HttpUriRequestBase request, HttpClientContext context)
            throws OpenStackException {
        return send(service, request, context, settings.callTimeout());
    }

    /** Sends data, for as long as it takes. */
    public Answer sendData(String service, HttpUriRequestBase request) throws OpenStackException {
        return send(service, request, HttpClientContext.create(), LONGEST_TRANSFER);
    }

    private Answer send(String service, HttpUriRequestBase request, HttpClientContext context, Duration limit)
            throws OpenStackException {
        request.setHeader("Accept", "application/json");
        try (CallDeadline deadline = new CallDeadline(request, limit)) {
            Runnable beginning = () -> {
                permission.run();
                deadline.restart();
            };
            context.setAttribute(ATTEMPT, beginning);
            context.setAttribute(CallDeadline.OF_CALL, deadline);
            try {
                return client.execute(request, context, response -> answer(service, request, response));
            } catch (OpenStackException e) {
                throw e;
            } catch (IOException | IllegalStateException e) {
                if (deadline.expired()) {
                    throw new OpenStackException(
                            NoAnswer.SILENCE,
                            service + " at " + address(request) + " had not answered wholly after " + limit.toSeconds()
                                    + " s");
                }
                if (e instanceof IOException failure) {
                    throw unreachable(service, request, failure);
                }
                throw (IllegalStateException) e;
            } finally {
                Reference.reachabilityFence(shared);
            }
        }
    }

    /** Reads the data of an answer. */
    @FunctionalInterface
    public interface Reader {
        /** @param moved to be called whenever some of it was read */
        void read(InputStream data, Runnable moved) throws IOException, InterruptedException;
    }

    /**
     * Receives data, which may be interrupted.
     *
     * @param from number of the first byte that is wanted
     * @param limit when to give up
     */
    public void receive(String service, URI address, String token, long from, Duration limit, Reader reader)
            throws IOException, InterruptedException {
        HttpUriRequestBase get = request("GET", address);
        get.setHeader("X-Auth-Token", token);
        if (from > 0) {
            get.setHeader("Range", "bytes=" + from + "-");
        }
        InterruptibleCall call = new InterruptibleCall(get, limit, settings.responseTimeout());
        try {
            call.run(() -> {
                try {
                    client.execute(get, response -> {
                        read(service, get, from, response, data -> reader.read(data, call::moved));
                        return null;
                    });
                } catch (OpenStackException | UnwritableFileException e) {
                    throw e;
                } catch (IOException e) {
                    throw unreachable(service, get, e);
                }
            });
        } finally {
            Reference.reachabilityFence(shared);
        }
    }

    @FunctionalInterface
    private interface DataReader {
        void read(InputStream data) throws IOException, InterruptedException;
    }

    private static void read(
            String service, HttpUriRequestBase get, long from, ClassicHttpResponse response, DataReader reader)
            throws IOException {
        if (response.getCode() >= 400) {
            throw refusal(service, get, response);
        }
        if (response.getEntity() == null || from > 0 && response.getCode() != PARTIAL_CONTENT) {
            throw new OpenStackException(
                    service + " at " + address(get) + " answered " + status(response) + " and not with the data");
        }
        try {
            reader.read(response.getEntity().getContent());
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException().initCause(e);
        }
    }

    public static HttpUriRequestBase request(String method, URI uri) {
        return new HttpUriRequestBase(method, uri);
    }

    public static HttpUriRequestBase request(String method, URI uri, JsonNode body, String contentType) {
        HttpUriRequestBase request = request(method, uri);
        request.setEntity(new StringEntity(body.toString(), ContentType.create(contentType, StandardCharsets.UTF_8)));
        return request;
    }

    private static Answer answer(String service, HttpUriRequestBase request, ClassicHttpResponse response)
            throws IOException {
        if (response.getCode() >= 400) {
            throw refusal(service, request, response);
        }
        byte[] body = beginning(request, response.getEntity(), LONGEST_ANSWER + 1);
        if (body.length > LONGEST_ANSWER) {
            throw new LongAnswerException(
                    service + " at " + address(request) + " answered with more than " + ByteCount.text(LONGEST_ANSWER));
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return new Answer(
                response.getCode(),
                text.isBlank() ? MissingNode.getInstance() : json(service, request, text),
                Optional.ofNullable(response.getFirstHeader("X-Subject-Token")).map(Header::getValue));
    }

    /** At most so many bytes; the connection of a longer answer is closed, lest the rest of it is read to be forgotten. */
    private static byte[] beginning(HttpUriRequestBase request, HttpEntity entity, int most) throws IOException {
        byte[] bytes = entity == null ? new byte[0] : entity.getContent().readNBytes(most);
        if (bytes.length == most) {
            request.cancel();
        }
        return bytes;
    }

    private static JsonNode json(String service, HttpUriRequestBase request, String text) throws OpenStackException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new OpenStackException(
                    0, address(request) + " does not look like a " + service + ": its answer is not JSON");
        }
    }

    private static OpenStackException refusal(String service, HttpUriRequestBase request, ClassicHttpResponse response)
            throws IOException {
        String body = new String(beginning(request, response.getEntity(), LONGEST_ERROR), StandardCharsets.UTF_8);
        Header requestId = response.getFirstHeader("x-openstack-request-id");
        return new OpenStackException(
                response.getCode(),
                service + " at " + address(request) + " answered " + status(response) + " to " + request.getMethod()
                        + ": " + ErrorText.of(body, response.getCode(), response.getReasonPhrase())
                        + (requestId == null ? "" : " (" + requestId.getValue() + ")"));
    }

    private static String status(ClassicHttpResponse response) {
        String reason = response.getReasonPhrase();
        return response.getCode() + (reason == null || reason.isEmpty() ? "" : " " + reason);
    }

    private static OpenStackException unreachable(String service, HttpUriRequestBase request, IOException e) {
        NoAnswer reason = NoAnswer.of(e);
        return new OpenStackException(reason, service + " at " + address(request) + " " + reason.sentence(e));
    }

    private static String address(HttpUriRequestBase request) {
        try {
            URI uri = request.getUri();
            return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
        } catch (java.net.URISyntaxException e) {
            return request.getRequestUri();
        }
    }

    @Override
    public void close() {
        connections.clean();
    }
}
