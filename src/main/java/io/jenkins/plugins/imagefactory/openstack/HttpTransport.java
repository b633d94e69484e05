package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/** The HTTP beneath all services of a cloud: pooled keep-alive connections, JSON, and errors as sentences. */
public final class HttpTransport implements Closeable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECTIONS_PER_SERVICE = 16;
    private static final int LONGEST_ANSWER_CHARS = 64 * 1024 * 1024;

    private final CloseableHttpClient client;

    /**
     * @param connectTimeout for a connection to be made
     * @param responseTimeout for the silence of a service that owes an answer
     */
    public HttpTransport(Duration connectTimeout, Duration responseTimeout) {
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS_PER_SERVICE)
                        .setMaxConnTotal(4 * CONNECTIONS_PER_SERVICE)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(connectTimeout))
                                .setSocketTimeout(Timeout.of(responseTimeout))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(responseTimeout))
                        .build())
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    /**
     * An answer of a service that is no error.
     *
     * @param body parsed JSON; a missing node if the service sent none
     */
    public record Answer(int status, JsonNode body, Optional<String> subjectToken) {}

    /** Sends the request; every failure and every status from 400 up is an {@link OpenStackException}. */
    Answer send(String service, HttpUriRequestBase request) throws OpenStackException {
        request.setHeader("Accept", "application/json");
        try {
            return client.execute(request, response -> answer(service, request, response));
        } catch (OpenStackException e) {
            throw e;
        } catch (IOException e) {
            throw new OpenStackException(
                    0, service + " at " + address(request) + " could not be reached: " + reason(e));
        }
    }

    static HttpUriRequestBase request(String method, URI uri) {
        return new HttpUriRequestBase(method, uri);
    }

    static HttpUriRequestBase request(String method, URI uri, JsonNode body, String contentType) {
        HttpUriRequestBase request = request(method, uri);
        request.setEntity(new StringEntity(body.toString(), ContentType.create(contentType, StandardCharsets.UTF_8)));
        return request;
    }

    private static Answer answer(String service, HttpUriRequestBase request, ClassicHttpResponse response)
            throws IOException {
        String text = text(response.getEntity());
        if (response.getCode() >= 400) {
            throw refusal(service, request, response, text);
        }
        return new Answer(
                response.getCode(),
                text.isBlank() ? MissingNode.getInstance() : json(service, request, text),
                Optional.ofNullable(response.getFirstHeader("X-Subject-Token")).map(Header::getValue));
    }

    private static String text(HttpEntity entity) throws IOException {
        try {
            return entity == null ? "" : EntityUtils.toString(entity, StandardCharsets.UTF_8, LONGEST_ANSWER_CHARS);
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    private static JsonNode json(String service, HttpUriRequestBase request, String text) throws OpenStackException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new OpenStackException(
                    0,
                    service + " at " + address(request) + " did not answer with JSON: is this the address of " + service
                            + "?");
        }
    }

    private static OpenStackException refusal(
            String service, HttpUriRequestBase request, ClassicHttpResponse response, String body) {
        Header requestId = response.getFirstHeader("x-openstack-request-id");
        return new OpenStackException(
                response.getCode(),
                service + " at " + address(request) + " answered " + response.getCode() + " to " + request.getMethod()
                        + ": " + ErrorText.of(body, response.getReasonPhrase())
                        + (requestId == null ? "" : " (" + requestId.getValue() + ")"));
    }

    private static String address(HttpUriRequestBase request) {
        try {
            URI uri = request.getUri();
            return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
        } catch (java.net.URISyntaxException e) {
            return request.getRequestUri();
        }
    }

    private static String reason(IOException e) {
        if (e instanceof java.net.UnknownHostException) {
            return "its host name is unknown";
        }
        if (e instanceof java.net.ConnectException) {
            return "connection refused";
        }
        if (e instanceof java.net.SocketTimeoutException) {
            return "it did not answer in time";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.toLowerCase(Locale.ROOT);
    }

    CloseableHttpClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
