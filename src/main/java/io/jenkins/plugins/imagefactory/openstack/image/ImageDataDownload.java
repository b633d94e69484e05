package io.jenkins.plugins.imagefactory.openstack.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.FileState;
import io.jenkins.plugins.imagefactory.image.StreamDigester;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.NoAnswer;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.workspace.UnwritableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * One {@code GET /v2/images/{id}/file}, for the rest of the data that is not there yet. It knows a token and one address,
 * no password, so that it can run on an agent. Memory does not grow with the file; the digests are computed on the way.
 *
 * @param address of the image's data
 * @param token good for the image's project
 * @param http how the agent reaches Glance
 * @param limit when the download is given up
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#download-binary-image-data">Image API v2: download data</a>
 */
public record ImageDataDownload(URI address, String token, HttpSettings http, Duration limit, Expected expected)
        implements Serializable {

    /**
     * What Glance knows of the data.
     *
     * @param imageId by which a half file is known again: the data of an image never changes
     * @param size bytes of the whole file
     * @param proof its digest; null if Glance keeps none
     */
    public record Expected(
            String imageId, long size, @CheckForNull KeptDigest proof) implements Serializable {
        static Expected of(Image image) {
            long size = Objects.requireNonNull(image.size(), "an active image has a size");
            return new Expected(image.id(), size, KeptDigest.of(image).orElse(null));
        }

        private Set<DigestAlgorithm> algorithms() {
            Set<DigestAlgorithm> algorithms = EnumSet.of(DigestAlgorithm.SHA256);
            if (proof != null) {
                algorithms.add(proof.algorithm());
            }
            return algorithms;
        }

        private void verify(Digests digests) throws OpenStackException {
            if (proof != null && !proof.value().equals(digests.get(proof.algorithm()))) {
                throw new OpenStackException(
                        "the file arrived damaged: its digests are not those that Glance keeps of image " + imageId);
            }
        }
    }

    /**
     * Brings the file there whole and verified, under another name until then.
     *
     * @param progress is told how many bytes are there so far
     * @return the file, verified if Glance keeps a digest
     * @throws UnwritableFileException if the file could not be written
     * @throws OpenStackException if it broke off; what is there by then stays, and the next attempt goes on from it
     */
    public DigestedFile receive(Path file, LongConsumer progress) throws IOException, InterruptedException {
        Path part = part(file);
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory"));
        try (StreamDigester digester = new StreamDigester(expected.algorithms());
                OutputStream out = Files.newOutputStream(
                        part, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
            long there = digestWhatIsThere(part, digester);
            if (there < expected.size()) {
                receiveRest(there, digester, into(part, out), progress);
            }
            FileState written = FileState.of(part);
            Digests digests = digester.finish();
            expected.verify(digests);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return DigestedFile.of(file, written, digests.sha256());
        }
    }

    /** Removes what a download that is given up has left. */
    public void discard(Path file) throws IOException {
        Files.deleteIfExists(part(file));
    }

    private Path part(Path file) {
        String id = expected.imageId().replaceAll("[^0-9A-Za-z-]", "_");
        return file.resolveSibling("." + file.getFileName() + "." + id + ".part");
    }

    @FunctionalInterface
    private interface Sink {
        void write(byte[] buffer, int count) throws IOException;
    }

    private long digestWhatIsThere(Path part, StreamDigester digester) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(part)) {
            return pump(in, digester, (buffer, count) -> {}, count -> {});
        }
    }

    /** What the file does not take is no fault of Glance. */
    private static Sink into(Path file, OutputStream out) {
        return (buffer, count) -> {
            try {
                out.write(buffer, 0, count);
            } catch (IOException e) {
                throw new UnwritableFileException(file, e);
            }
        };
    }

    private void receiveRest(long there, StreamDigester digester, Sink out, LongConsumer progress)
            throws IOException, InterruptedException {
        try (HttpTransport transport = new HttpTransport(http)) {
            transport.receive("Glance", address, token, there, limit, (body, moved) -> {
                long received = there
                        + pump(body, digester, out, count -> {
                            moved.run();
                            progress.accept(there + count);
                        });
                if (received != expected.size()) {
                    throw new OpenStackException(
                            NoAnswer.CONNECTION_LOST,
                            "Glance at " + address + " broke the download off after " + received + " of "
                                    + expected.size() + " bytes");
                }
            });
        }
    }

    private static long pump(InputStream in, StreamDigester digester, Sink out, LongConsumer progress)
            throws IOException, InterruptedException {
        long total = 0;
        while (true) {
            byte[] buffer = digester.buffer();
            int count = in.read(buffer);
            if (count < 0) {
                return total;
            }
            digester.update(buffer, count);
            out.write(buffer, count);
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
