package io.jenkins.plugins.imagefactory.openstack;

import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.StreamDigester;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * One {@code GET /v2/images/{id}/file}, for the rest of the data that is not there yet. It knows a token and one address,
 * no password, so that it can run on an agent. Memory does not grow with the file; the digests are computed on the way.
 *
 * @param address of the image's data
 * @param token good for the image's project
 * @param http how the agent reaches Glance
 * @param limit when the download is given up
 * @param imageId by which a half file is known again: the data of an image never changes
 * @param size bytes of the whole file
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#download-binary-image-data">Image API v2: download data</a>
 */
public record ImageDataDownload(URI address, String token, HttpSettings http, Duration limit, String imageId, long size)
        implements Serializable {

    /**
     * Brings the file there whole, under another name until then.
     *
     * @param progress is told how many bytes are there so far
     * @return the digests of the whole file
     * @throws OpenStackException if it broke off; what is there by then stays, and the next attempt goes on from it
     */
    public Digests receive(Path file, LongConsumer progress) throws IOException, InterruptedException {
        Path part = part(file);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (StreamDigester digester = new StreamDigester();
                OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long there = digestWhatIsThere(part, digester);
            if (there < size) {
                receiveRest(there, digester, out, progress);
            }
            out.flush();
            Digests digests = digester.finish();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return digests;
        }
    }

    /** Removes what a download that is given up has left. */
    public void discard(Path file) throws IOException {
        Files.deleteIfExists(part(file));
    }

    private Path part(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + imageId + ".part");
    }

    private long digestWhatIsThere(Path part, StreamDigester digester) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(part)) {
            return pump(in, digester, OutputStream.nullOutputStream(), count -> {});
        }
    }

    private void receiveRest(long there, StreamDigester digester, OutputStream out, LongConsumer progress)
            throws IOException, InterruptedException {
        try (HttpTransport transport = new HttpTransport(http)) {
            transport.receive("Glance", address, token, there, limit, (body, moved) -> {
                long received = there
                        + pump(body, digester, out, count -> {
                            moved.run();
                            progress.accept(there + count);
                        });
                if (received != size) {
                    throw new OpenStackException(
                            NoAnswer.CONNECTION_LOST,
                            "Glance at " + address + " broke the download off after " + received + " of " + size
                                    + " bytes");
                }
            });
        }
    }

    private static long pump(InputStream in, StreamDigester digester, OutputStream out, LongConsumer progress)
            throws IOException, InterruptedException {
        long total = 0;
        while (true) {
            byte[] buffer = digester.buffer();
            int count = in.read(buffer);
            if (count < 0) {
                return total;
            }
            digester.update(buffer, count);
            out.write(buffer, 0, count);
            total += count;
            progress.accept(total);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "download from " + address;
    }
}
