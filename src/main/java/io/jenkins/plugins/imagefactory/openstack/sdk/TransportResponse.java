package io.jenkins.plugins.imagefactory.openstack.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.openstack4j.api.exceptions.OS4JException;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpEntityHandler;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** An answer that is no error, as openstack4j reads it: parsed already, its headers forgotten. */
record TransportResponse(HttpTransport.Answer answer) implements HttpResponse {
    @Override
    public <T> T getEntity(Class<T> returnType) {
        return getEntity(returnType, null);
    }

    @Override
    public <T> T getEntity(Class<T> returnType, ExecutionOptions<T> options) {
        return HttpEntityHandler.handle(this, returnType, options);
    }

    @Override
    public <T> T readEntity(Class<T> typeToReadAs) {
        if (typeToReadAs == String.class) {
            return typeToReadAs.cast(answer.body().toString());
        }
        T read = parse(typeToReadAs);
        if (read == null) {
            throw new OS4JException("null");
        }
        return read;
    }

    private <T> T parse(Class<T> type) {
        try {
            return ObjectMapperSingleton.getContext(type)
                    .readValue(answer.body().toString(), type);
        } catch (JsonProcessingException e) {
            throw new OS4JException(e.getOriginalMessage());
        }
    }

    @Override
    public int getStatus() {
        return answer.status();
    }

    @Override
    public String getContentType() {
        return "application/json";
    }

    @Override
    public String getStatusMessage() {
        return null;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(answer.body().toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String header(String name) {
        return null;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
    }

    @Override
    public void close() {
        // the transport has read it to its end
    }
}
