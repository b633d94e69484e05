package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The end of an upload: decides who has the name, if others want it at the same time, and gives it to the image in one last
 * request, with its visibility, its protection and all that keeps others from it until then.
 */
final class ImageNaming {
    /** Glance's clock tells seconds: when one is over, nobody can be created in it any more. */
    private static final Duration CLOCK = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Glance glance;
    private final NewImage newImage;
    private final IfExists ifExists;
    private final Set<String> before;
    private final Set<String> leftovers;
    private final Patience patience;
    private final ImageUpload.Observer observer;
    private final Consumer<Image> whenNamed;
    private final long created = System.nanoTime();

    /**
     * To be made when Glance has created the image.
     *
     * @param before ids of the images that had the name before
     * @param leftovers ids of half images of this upload, which are no rivals
     * @param whenNamed hears of the image when it has its name, and so is to stay whatever follows
     */
    ImageNaming(
            Glance glance,
            NewImage newImage,
            IfExists ifExists,
            Set<String> before,
            Set<String> leftovers,
            Patience patience,
            ImageUpload.Observer observer,
            Consumer<Image> whenNamed) {
        this.glance = glance;
        this.newImage = newImage;
        this.ifExists = ifExists;
        this.before = before;
        this.leftovers = leftovers;
        this.patience = patience;
        this.observer = observer;
        this.whenNamed = whenNamed;
    }

    /**
     * The image that has the name in the end.
     *
     * @param image the one that was uploaded, or one with the same data that was there first
     * @param replaced ids of those that had the name before
     */
    record Named(Image image, List<String> replaced) {}

    /** What an image that minds the others tells them from its creation to its last request. */
    static Map<String, String> claim(String name, IfExists ifExists) {
        return ifExists == IfExists.KEEP ? Map.of() : Map.of(SameNameImages.CLAIM, name);
    }

    /** @param provenance more properties, known now that the image is whole */
    Named name(Image image, Digests digests, Map<String, String> provenance) throws IOException, InterruptedException {
        ImageChanges last = newImage.finish().properties(provenance).removeProperties(List.of(SameNameImages.CLAIM));
        if (ifExists == IfExists.KEEP) {
            return new Named(glance.change(image, last), List.of());
        }
        waitUntilNobodyCanComeBefore();
        return switch (ifExists) {
            case ERROR -> {
                look().requireNoOther(image, leftovers);
                yield new Named(glance.change(image, last), List.of());
            }
            case SKIP -> {
                long size = Objects.requireNonNull(image.size(), "a verified image has a size");
                Optional<Image> same = awaitThoseBefore(image).withTheSameData(size, algorithms -> digests);
                yield new Named(same.isPresent() ? same.get() : glance.change(image, last), List.of());
            }
            default -> replace(image, last);
        };
    }

    private void waitUntilNobodyCanComeBefore() throws InterruptedException {
        Duration left = CLOCK.minusNanos(System.nanoTime() - created);
        if (!left.isNegative()) {
            Thread.sleep(left.toMillis() + 1);
        }
    }

    private SameNameImages look() throws OpenStackException {
        return SameNameImages.find(glance, newImage.name());
    }

    private SameNameImages awaitThoseBefore(Image image) throws OpenStackException, InterruptedException {
        Patience waiting = Patience.of(0, LONGEST_WAIT);
        String told = null;
        while (true) {
            SameNameImages now = look();
            Optional<Image> first = now.claimantBefore(image, leftovers);
            if (first.isEmpty() || waiting.isOver()) {
                return now;
            }
            if (patience.isOver()) {
                throw new OpenStackException(
                        "image " + first.get().id() + " of the same name is still being uploaded, and the time is up");
            }
            if (!first.get().id().equals(told)) {
                told = first.get().id();
                observer.waitingFor(told);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Whoever has the name last looks last, so that of several one is left, whichever order they end in. */
    private Named replace(Image image, ImageChanges last) throws OpenStackException, InterruptedException {
        boolean late = look().newerThan(image, before).isPresent();
        Image named = glance.change(image, late ? retired(image, last) : last);
        whenNamed.accept(named);
        SameNameImages now = look();
        List<String> replaced = retireOlderThan(now, image);
        Optional<Image> newer = now.newerThan(image, before);
        if (newer.isEmpty()) {
            return new Named(named, replaced);
        }
        observer.replacedBy(newer.get().id());
        return new Named(glance.change(named, retired(image, new ImageChanges())), replaced);
    }

    /** The new image stays: without it nobody might be left who has the name. */
    private List<String> retireOlderThan(SameNameImages now, Image image) throws OpenStackException {
        try {
            return now.retireOlderThan(image, before);
        } catch (OpenStackException e) {
            throw new OpenStackException("image " + image.id() + " is whole and has the name '" + newImage.name()
                    + "', but one that had it before keeps it, too: " + e.getMessage());
        }
    }

    private ImageChanges retired(Image image, ImageChanges others) {
        return others.and(SameNameImages.retirement(image, newImage.name()));
    }
}
