package io.jenkins.plugins.imagefactory.openstack;

import io.jenkins.plugins.imagefactory.image.Digests;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * Brings one file into Glance: create, send, wait until active, verify. It ends with the whole image or with none:
 * whatever fails, and when the thread is interrupted, the half image is deleted.
 */
public final class ImageUpload {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_PROCESSING = Duration.ofHours(1);

    private final Glance glance;

    public ImageUpload(Glance glance) {
        this.glance = glance;
    }

    /** Where the bytes are sent from: the agent that has the file. */
    @FunctionalInterface
    public interface DataPath {
        /** Sends the file and returns the digests of what was sent. */
        Digests send(ImageDataUpload upload) throws IOException, InterruptedException;
    }

    /** An image that is active and verified, and the digests of its file. */
    public record Uploaded(Image image, Digests digests) {}

    /** @param size bytes of the file that {@code path} sends */
    public Uploaded upload(NewImage newImage, long size, DataPath path) throws IOException, InterruptedException {
        String id = glance.create(newImage).id();
        try {
            Digests digests = send(id, path);
            Image image = awaitActive(id);
            verify(image, size, digests);
            return new Uploaded(image, digests);
        } catch (IOException | InterruptedException | RuntimeException e) {
            discard(id, e);
            throw e;
        }
    }

    private Digests send(String id, DataPath path) throws IOException, InterruptedException {
        String token = glance.session().token();
        try {
            return path.send(glance.dataUpload(id, token));
        } catch (OpenStackException e) {
            if (e.status() != 401) {
                throw e;
            }
            glance.session().rejected(token);
            return path.send(glance.dataUpload(id, glance.session().token()));
        }
    }

    private Image awaitActive(String id) throws OpenStackException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_PROCESSING.toNanos();
        while (true) {
            Image image = glance.get(id);
            switch (image.status()) {
                case "active":
                    return image;
                case "queued", "saving", "uploading", "importing":
                    break;
                default:
                    throw new OpenStackException(
                            "image " + id + " is " + image.status() + " in Glance after all its data was sent");
            }
            if (System.nanoTime() > deadline) {
                throw new OpenStackException("image " + id + " is still " + image.status() + " in Glance, "
                        + LONGEST_PROCESSING.toMinutes() + " minutes after all its data was sent");
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private static void verify(Image image, long size, Digests digests) throws OpenStackException {
        if (image.size() == null || image.size() != size) {
            throw differs(image, "size", image.size(), size);
        }
        if (image.checksum() != null && !image.checksum().equals(digests.md5())) {
            throw differs(image, "MD5", image.checksum(), digests.md5());
        }
        String expected = digestOf(image.hashAlgorithm(), digests);
        if (expected != null && !expected.equals(image.hash())) {
            throw differs(image, image.hashAlgorithm(), image.hash(), expected);
        }
    }

    private static String digestOf(String algorithm, Digests digests) {
        return algorithm == null
                ? null
                : switch (algorithm.toLowerCase(Locale.ROOT)) {
                    case "sha512" -> digests.sha512();
                    case "sha256" -> digests.sha256();
                    default -> null;
                };
    }

    private static OpenStackException differs(Image image, String what, Object inGlance, Object ofFile) {
        return new OpenStackException("image " + image.id() + " arrived damaged: its " + what + " in Glance is "
                + inGlance + ", of the file " + ofFile);
    }

    /** Runs also on an interrupted thread: the flag is put back for the caller afterwards. */
    private void discard(String id, Exception why) {
        boolean interrupted = Thread.interrupted();
        try {
            glance.delete(id);
        } catch (OpenStackException e) {
            why.addSuppressed(new OpenStackException(
                    e.status(), "image " + id + " is left behind and must be deleted by hand: " + e.getMessage()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
