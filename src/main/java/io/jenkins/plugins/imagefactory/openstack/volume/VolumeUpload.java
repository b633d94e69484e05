package io.jenkins.plugins.imagefactory.openstack.volume;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageActivation;
import io.jenkins.plugins.imagefactory.openstack.image.ImageChanges;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.image.TemporaryName;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Makes an image of a volume: lets Cinder upload it, waits until Glance has it, and gives it its name. Until then the
 * image has a name that no other has, by which it is found again when an answer, or the controller, is lost. It ends with
 * the one whole image or with none: whatever fails, and when the thread is interrupted, a half image is deleted.
 */
public final class VolumeUpload {
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    private final Volumes volumes;
    private final Glance glance;
    private final Patience patience;
    private final Duration poll;
    private final Observer observer;

    /** @param poll how often Glance is asked how far the image is */
    public VolumeUpload(Volumes volumes, Glance glance, Patience patience, Duration poll, Observer observer) {
        this.volumes = volumes;
        this.glance = glance;
        this.patience = patience;
        this.poll = poll;
        this.observer = observer;
    }

    /** Is told what happens on the way. */
    public interface Observer {
        /** There is, or is about to be, an image: whoever takes over from here goes on with it. */
        void begun(Begun begun) throws IOException, InterruptedException;

        /** There is no image of that temporary name any more: it has its own, or is gone. */
        void ended(String temporaryName);

        /** The image has another status now. */
        void changed(String id, String status);
    }

    /**
     * What to make.
     *
     * @param visibility private, shared, community or public
     * @param force even if a server uses the volume
     */
    public record Request(String name, DiskFormat format, String visibility, boolean force) {}

    /**
     * How a begun image is found again.
     *
     * @param temporaryName its name until it is whole
     * @param imageId its id; null until Cinder has told it
     */
    public record Begun(String temporaryName, @CheckForNull String imageId) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Makes an image, which is active. */
    public Image upload(Volume volume, Request request) throws IOException, InterruptedException {
        String temporaryName =
                TemporaryName.of(request.name(), UUID.randomUUID().toString());
        observer.begun(new Begun(temporaryName, null));
        return deletingHalfImages(temporaryName, () -> {
            String id = begin(volume, request, temporaryName);
            observer.begun(new Begun(temporaryName, id));
            return finish(id, volume, request);
        });
    }

    /** Goes on with one that was begun, even if nothing is left to do; begins if it was not. */
    public Image goOn(Begun before, Volume volume, Request request) throws IOException, InterruptedException {
        String id = before.imageId();
        if (id == null) {
            List<Image> begun = TemporaryName.find(glance, before.temporaryName());
            if (begun.isEmpty()) {
                return upload(volume, request);
            }
            id = begun.get(0).id();
        }
        String found = id;
        return deletingHalfImages(before.temporaryName(), () -> finish(found, volume, request));
    }

    /** An answer that was lost, such as by a proxy that was not patient enough, does not keep Cinder from its work. */
    private String begin(Volume volume, Request request, String temporaryName) throws OpenStackException {
        try {
            return volumes.uploadToImage(
                    volume, temporaryName, request.format(), request.visibility(), request.force());
        } catch (OpenStackException e) {
            List<Image> begun = e.isPassing() ? TemporaryName.find(glance, temporaryName) : List.of();
            if (begun.isEmpty()) {
                throw new OpenStackException(e.status(), e.getMessage() + wayOut(e, volume, request));
            }
            return begun.get(0).id();
        }
    }

    private static String wayOut(OpenStackException e, Volume volume, Request request) {
        if (e.status() == BAD_REQUEST && volume.isInUse()) {
            return request.force()
                    ? "; this cloud uploads no volume that a server uses: detach it, or upload a copy of it"
                    : "; a server uses the volume: detach it, or set force";
        }
        return e.status() == FORBIDDEN && "public".equals(request.visibility())
                ? "; only administrators may make public images of volumes in most clouds"
                : "";
    }

    private Image finish(String id, Volume volume, Request request) throws OpenStackException, InterruptedException {
        Image image = awaitActive(id, volume);
        return glance.change(
                image,
                new ImageChanges()
                        .attribute("name", request.name())
                        .attribute("min_disk", Math.max(image.minDisk(), volume.size())));
    }

    private Image awaitActive(String id, Volume volume) throws OpenStackException, InterruptedException {
        return new ImageActivation(
                        "image " + id + " of volume '" + volume.name() + "'", " in Glance", poll, patience::isOver)
                .await(() -> get(id, volume), image -> observer.changed(id, image.status()));
    }

    /** Cinder deletes the image of an upload that it gives up. */
    private Image get(String id, Volume volume) throws OpenStackException {
        Image image;
        try {
            image = glance.get(id);
        } catch (OpenStackException e) {
            throw e.status() == NOT_FOUND ? givenUp(id, volume) : e;
        }
        if (image.status().equals("deleted")) {
            throw givenUp(id, volume);
        }
        return image;
    }

    private static OpenStackException givenUp(String id, Volume volume) {
        return new OpenStackException(
                NOT_FOUND,
                "Cinder has given up to upload volume '" + volume.name() + "' (" + volume.id() + ") and deleted image "
                        + id + ": its messages and its log know why");
    }

    @FunctionalInterface
    private interface Making {
        Image make() throws IOException, InterruptedException;
    }

    private Image deletingHalfImages(String temporaryName, Making making) throws IOException, InterruptedException {
        try {
            Image image = making.make();
            observer.ended(temporaryName);
            return image;
        } catch (IOException | InterruptedException | RuntimeException e) {
            // Where the controller stops, the first request of this is refused, too: nothing is deleted.
            discard(temporaryName, e);
            throw e;
        }
    }

    /** Runs also on an interrupted thread: the flag is put back for the caller afterwards. */
    private void discard(String temporaryName, Exception why) {
        boolean interrupted = Thread.interrupted();
        try {
            TemporaryName.delete(glance, temporaryName);
            observer.ended(temporaryName);
        } catch (OpenStackException e) {
            why.addSuppressed(new OpenStackException(
                    e.status(),
                    "perhaps left behind, to be deleted by hand: image '" + temporaryName + "': " + e.getMessage()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
