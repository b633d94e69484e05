package io.jenkins.plugins.imagefactory.openstack;

import io.jenkins.plugins.imagefactory.image.Digests;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Brings one file into Glance: create, send, wait until active, verify. What fails in passing is done again from the
 * start, with another image. It ends with the one whole image or with none: whatever fails, and when the thread is
 * interrupted, half images are deleted.
 */
public final class ImageUpload {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_PROCESSING = Duration.ofHours(1);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE_FOR_A_PROXY = 413;

    private final Glance glance;
    private final Patience patience;
    private final Observer observer;
    private final Set<String> leftBehind = new LinkedHashSet<>();

    public ImageUpload(Glance glance, Patience patience, Observer observer) {
        this.glance = glance;
        this.patience = patience;
        this.observer = observer;
    }

    /** Is told what happens on the way. */
    public interface Observer {
        /** An image of this id is about to be created: whoever takes over from here must delete it. */
        void creating(String id) throws IOException, InterruptedException;

        /** An attempt failed and another one follows. */
        void retrying(String why, Duration pause);
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
        try {
            Uploaded uploaded = untilItWorks(newImage, size, path);
            sweep();
            return uploaded;
        } catch (IOException | InterruptedException | RuntimeException e) {
            sweepAfter(e);
            throw e;
        }
    }

    private Uploaded untilItWorks(NewImage newImage, long size, DataPath path)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(newImage, size, path);
            } catch (OpenStackException e) {
                if (!mayPass(e) || !patience.allowsAnotherAfter(attempt)) {
                    throw e;
                }
                Duration pause = patience.pauseAfter(attempt);
                observer.retrying(e.getMessage(), pause);
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private static boolean mayPass(OpenStackException e) {
        return e.isPassing() || e.status() == UNAUTHORIZED || e.status() == TOO_LARGE_FOR_A_PROXY;
    }

    private Uploaded attempt(NewImage newImage, long size, DataPath path) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        leftBehind.add(id);
        observer.creating(id);
        create(id, newImage);
        try {
            Digests digests = send(id, path);
            Image image = awaitActive(id);
            verify(image, size, digests);
            leftBehind.remove(id);
            return new Uploaded(image, digests);
        } catch (OpenStackException e) {
            discard(id);
            throw e;
        }
    }

    private void create(String id, NewImage newImage) throws OpenStackException {
        try {
            glance.create(id, newImage);
        } catch (OpenStackException e) {
            if (e.status() == FORBIDDEN && "public".equals(newImage.visibility())) {
                throw new OpenStackException(
                        FORBIDDEN,
                        "Glance's policy does not let " + glance.session().identityLabel()
                                + " make images public: choose another visibility, or ask an administrator ("
                                + e.getMessage() + ")");
            }
            throw e;
        }
    }

    private Digests send(String id, DataPath path) throws IOException, InterruptedException {
        String token = glance.session().token();
        try {
            return path.send(glance.dataUpload(id, token, patience.left()));
        } catch (OpenStackException e) {
            if (e.status() != UNAUTHORIZED) {
                throw e;
            }
            glance.session().rejected(token);
            return path.send(glance.dataUpload(id, glance.session().token(), patience.left()));
        }
    }

    private Image awaitActive(String id) throws OpenStackException, InterruptedException {
        Patience processing = Patience.of(0, LONGEST_PROCESSING);
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
            if (processing.isOver() || patience.isOver()) {
                throw new OpenStackException("image " + id + " is still " + image.status()
                        + " in Glance after all its data was sent, and the time is up");
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

    /** The digest that Glance keeps; null if it keeps none that is known here. */
    static String digestOf(String algorithm, Digests digests) {
        return algorithm == null
                ? null
                : switch (algorithm.toLowerCase(Locale.ROOT)) {
                    case "sha512" -> digests.sha512();
                    case "sha256" -> digests.sha256();
                    case "md5" -> digests.md5();
                    default -> null;
                };
    }

    private static OpenStackException differs(Image image, String what, Object inGlance, Object ofFile) {
        return new OpenStackException("image " + image.id() + " arrived damaged: its " + what + " in Glance is "
                + inGlance + ", of the file " + ofFile);
    }

    private void discard(String id) {
        try {
            glance.delete(id);
            leftBehind.remove(id);
        } catch (OpenStackException e) {
            // sweep() tries again in the end, and says so if it fails
        }
    }

    private void sweep() throws OpenStackException {
        for (String id : List.copyOf(leftBehind)) {
            glance.delete(id);
            leftBehind.remove(id);
        }
    }

    /** Runs also on an interrupted thread: the flag is put back for the caller afterwards. */
    private void sweepAfter(Exception why) {
        boolean interrupted = Thread.interrupted();
        try {
            sweep();
        } catch (OpenStackException e) {
            why.addSuppressed(new OpenStackException(
                    e.status(), "left behind, to be deleted by hand: images " + leftBehind + ": " + e.getMessage()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
