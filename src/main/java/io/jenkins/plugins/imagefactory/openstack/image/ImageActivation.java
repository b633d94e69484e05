package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Waits until Glance has made an image of the data that it got.
 *
 * @param subject how errors call the image
 * @param where the end of their sentences
 * @param isOver whether no more time is left
 */
public record ImageActivation(String subject, String where, Duration poll, BooleanSupplier isOver) {
    /** Asks Glance for the image. */
    @FunctionalInterface
    public interface Look {
        Image get() throws OpenStackException;
    }

    /** @param changed hears each status once */
    public Image await(Look look, Consumer<Image> changed) throws OpenStackException, InterruptedException {
        String status = "";
        while (true) {
            Image image = look.get();
            if (!image.status().equals(status)) {
                status = image.status();
                changed.accept(image);
            }
            switch (status) {
                case "active":
                    return image;
                case "queued", "saving", "uploading", "importing":
                    break;
                default:
                    throw new OpenStackException(subject + " is " + status + where);
            }
            if (isOver.getAsBoolean()) {
                throw new OpenStackException(subject + " is still " + status + where + ", and the time is up");
            }
            Thread.sleep(poll.toMillis());
        }
    }
}
