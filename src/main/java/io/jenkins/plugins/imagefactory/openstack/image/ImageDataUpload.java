package io.jenkins.plugins.imagefactory.openstack.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.FileState;
import io.jenkins.plugins.imagefactory.image.FollowingDigests;
import io.jenkins.plugins.imagefactory.openstack.http.FileBody;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.InterruptibleCall;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * One streaming {@code PUT /v2/images/{id}/file}. It knows a token and one address, no password, so that it can run on
 * an agent. Memory does not grow with the file; the digests are computed on the way.
 *
 * @param address of the image's data
 * @param token good for the image's project; Glance checks it once, when the request starts
 * @param http how the agent reaches Glance
 * @param limit when the upload is given up
 * @param proof the digest that is to prove what has arrived
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#upload-binary-image-data">Image API v2: upload data</a>
 */
public record ImageDataUpload(URI address, String token, HttpSettings http, Duration limit, DigestAlgorithm proof)
        implements Serializable {
    /**
     * Sends the file.
     *
     * @param known the file with its SHA-256, which is not computed again if nobody has written to it since; or null
     * @param progress is told how many bytes are sent so far
     * @return {@code proof} and the SHA-256 of the bytes that were sent
     * @throws UnreadableFileException if the file cannot be read, or changed meanwhile
     * @throws OpenStackException if Glance refuses; with {@code Expect: 100-continue} before any byte is sent
     */
    public Digests send(Path file, @CheckForNull DigestedFile known, LongConsumer progress)
            throws IOException, InterruptedException {
        FileState state = state(file);
        if (known == null || !known.is(state) || proof == DigestAlgorithm.SHA256) {
            return send(file, state, EnumSet.of(proof, DigestAlgorithm.SHA256), progress);
        }
        return send(file, state, EnumSet.of(proof), progress).with(DigestAlgorithm.SHA256, known.sha256());
    }

    private Digests send(Path file, FileState state, Set<DigestAlgorithm> algorithms, LongConsumer progress)
            throws IOException, InterruptedException {
        HttpPut put = new HttpPut(address);
        put.setHeader("X-Auth-Token", token);
        put.setHeader("x-openstack-image-size", state.size());
        put.setConfig(RequestConfig.custom()
                .setExpectContinueEnabled(true)
                .setResponseTimeout(Timeout.of(http.responseTimeout()))
                .build());
        InterruptibleCall call = new InterruptibleCall(put, limit, http.responseTimeout());
        try (HttpTransport transport = HttpTransport.forFiles(http);
                FollowingDigests digests = new FollowingDigests(file, state.size(), algorithms)) {
            FileBody body = new FileBody(file, state.size(), sent -> {
                call.moved();
                progress.accept(sent);
                digests.sent(sent);
            });
            put.setEntity(body);
            try {
                call.run(() -> transport.sendData("Glance", put));
            } catch (OpenStackException e) {
                body.requireRead();
                throw e;
            }
            Digests sent = digests.finish();
            if (!state.equals(state(file))) {
                throw new UnreadableFileException(file, new IOException("it changed while it was uploaded"));
            }
            return sent;
        }
    }

    private static FileState state(Path file) throws UnreadableFileException {
        try {
            return FileState.of(file);
        } catch (IOException e) {
            throw new UnreadableFileException(file, e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "upload to " + address;
    }
}
