package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.StreamDigester;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.InterruptibleCall;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * One streaming {@code PUT /v2/images/{id}/file}. It knows a token and one address, no password, so that it can run on
 * an agent. Memory does not grow with the file; the digests are computed on the way.
 *
 * @param address of the image's data
 * @param token good for the image's project; Glance checks it once, when the request starts
 * @param http how the agent reaches Glance
 * @param limit when the upload is given up
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#upload-binary-image-data">Image API v2: upload data</a>
 */
public record ImageDataUpload(URI address, String token, HttpSettings http, Duration limit) implements Serializable {
    /**
     * Sends the file.
     *
     * @param progress is told how many bytes are sent so far
     * @return the digests of the bytes that were sent
     * @throws UnreadableFileException if the file cannot be read, or not to the end that it had
     * @throws OpenStackException if Glance refuses; with {@code Expect: 100-continue} before any byte is sent
     */
    public Digests send(Path file, LongConsumer progress) throws IOException, InterruptedException {
        HttpPut put = new HttpPut(address);
        put.setHeader("X-Auth-Token", token);
        long size = size(file);
        put.setHeader("x-openstack-image-size", size);
        put.setConfig(RequestConfig.custom()
                .setExpectContinueEnabled(true)
                .setResponseTimeout(Timeout.of(http.responseTimeout()))
                .build());
        InterruptibleCall call = new InterruptibleCall(put, limit, http.responseTimeout());
        LongConsumer moving = sent -> {
            call.moved();
            progress.accept(sent);
        };
        try (HttpTransport transport = new HttpTransport(http);
                FileBody body = new FileBody(file, size, moving)) {
            put.setEntity(body);
            try {
                call.run(() -> transport.sendData("Glance", put));
            } catch (OpenStackException e) {
                throw body.unreadable == null ? e : body.unreadable;
            }
            return body.digester.finish();
        }
    }

    private static long size(Path file) throws UnreadableFileException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UnreadableFileException(file, e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "upload to " + address;
    }

    private static final class FileBody extends AbstractHttpEntity implements AutoCloseable {
        private final Path file;
        private final long size;
        private final LongConsumer progress;
        private final StreamDigester digester = new StreamDigester();
        private UnreadableFileException unreadable;

        FileBody(Path file, long size, LongConsumer progress) {
            super(ContentType.APPLICATION_OCTET_STREAM, null);
            this.file = file;
            this.size = size;
            this.progress = progress;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = getContent()) {
                long sent = 0;
                while (sent < size) {
                    byte[] buffer = digester.buffer();
                    int count = read(in, buffer, (int) Math.min(buffer.length, size - sent));
                    digester.update(buffer, count);
                    out.write(buffer, 0, count);
                    sent += count;
                    progress.accept(sent);
                }
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }

        private int read(InputStream in, byte[] buffer, int most) throws IOException {
            try {
                int count = in.readNBytes(buffer, 0, most);
                if (count == 0) {
                    throw new IOException("it became shorter while it was uploaded");
                }
                return count;
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                throw failed(e);
            }
        }

        /** What the node does not read is no fault of Glance, which hears of it as of a connection that broke off. */
        private UnreadableFileException failed(IOException e) {
            unreadable = new UnreadableFileException(file, e);
            return unreadable;
        }

        @Override
        public InputStream getContent() throws UnreadableFileException {
            try {
                return Files.newInputStream(file);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public long getContentLength() {
            return size;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public void close() {
            digester.close();
        }
    }
}
