package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.time.Duration;

/** Brings an image's data out of Glance, verified; a download that breaks off goes on from where it was. */
public final class ImageDownload {
    private static final int UNAUTHORIZED = 401;

    private final Glance glance;
    private final Patience patience;
    private final Observer observer;

    public ImageDownload(Glance glance, Patience patience, Observer observer) {
        this.glance = glance;
        this.patience = patience;
        this.observer = observer;
    }

    /** Is told what happens on the way. */
    @FunctionalInterface
    public interface Observer {
        /** An attempt failed and another one follows. */
        void retrying(String why, Duration pause);
    }

    /** Where the bytes go: the agent that wants the file. */
    public interface DataPath {
        /** Receives what is missing of the file and returns it, verified if Glance keeps a digest. */
        DigestedFile receive(ImageDataDownload download) throws IOException, InterruptedException;

        /** Removes the half file. */
        void discard(ImageDataDownload download) throws IOException, InterruptedException;
    }

    /** Whether Glance keeps a digest of the image, which is then that of every file that was downloaded. */
    public static boolean verifies(Image image) {
        return KeptDigest.of(image).isPresent();
    }

    /** @throws OpenStackException also if the image has no data, or the file differs from it: it is removed then */
    public DigestedFile download(Image image, DataPath path) throws IOException, InterruptedException {
        if (!image.isActive()) {
            throw new OpenStackException("image '" + image.name() + "' (" + image.id() + ") is " + image.status()
                    + ", so it has no data to download");
        }
        try {
            return untilItIsThere(image, path);
        } catch (IOException | InterruptedException | RuntimeException e) {
            // A controller that stops, too: half a file is worth nothing to the next one.
            discard(image, path, e);
            throw e;
        }
    }

    private DigestedFile untilItIsThere(Image image, DataPath path) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            String token = glance.session().token();
            try {
                return path.receive(glance.dataDownload(image, token, patience.left()));
            } catch (OpenStackException e) {
                if (e.status() == UNAUTHORIZED) {
                    glance.session().rejected(token);
                } else if (!e.isPassing()) {
                    throw e;
                }
                if (!patience.allowsAnotherAfter(attempt)) {
                    throw e;
                }
                Duration pause = patience.pauseAfter(attempt);
                observer.retrying(e.getMessage(), pause);
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private void discard(Image image, DataPath path, Exception why) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            path.discard(glance.dataDownload(image, "", Duration.ZERO));
        } catch (IOException e) {
            why.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
