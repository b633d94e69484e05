package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The images of one name that the project owns at a moment: Glance allows any number of them. Uploads that mind the others
 * claim the name by a property until they have it, so that they find each other; who was created first, by Glance's clock
 * and then by id, comes first.
 */
public final class SameNameImages {
    /** The property's value is the name. */
    static final String CLAIM = "image_factory_claim";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Comparator<Image> BY_CREATION =
            Comparator.comparing(Image::createdAt).thenComparing(Image::id);
    private static final int NOT_FOUND = 404;

    private final Glance glance;
    private final String name;
    private final List<Image> claimants;
    private final List<Image> images;

    private SameNameImages(Glance glance, String name, List<Image> claimants, List<Image> images) {
        this.glance = glance;
        this.name = name;
        this.claimants = claimants;
        this.images = images;
    }

    /** Claims are asked for first: one that is fulfilled in between is seen twice, and not missed. */
    public static SameNameImages find(Glance glance, String name) throws OpenStackException {
        List<Image> claimants = glance.owned(Map.of(CLAIM, name));
        return new SameNameImages(glance, name, claimants, glance.owned(Map.of("name", name)));
    }

    /** Ids of those that have the name. */
    Set<String> ids() {
        return Set.copyOf(images.stream().map(Image::id).toList());
    }

    /** @throws OpenStackException if there is any that is not hidden */
    public void requireNone() throws OpenStackException {
        requireNone(visible().map(Image::id).toList());
    }

    private void requireNone(List<String> ids) throws OpenStackException {
        if (!ids.isEmpty()) {
            throw new OpenStackException("there is an image '" + name + "' in "
                    + glance.session().place() + " already (" + String.join(", ", ids)
                    + "): choose another name, or say what to do by ifExists: 'skip', 'replace' or 'keep'");
        }
    }

    /**
     * @param leftovers ids of half images of the same upload
     * @throws OpenStackException if another than {@code own} has the name, or comes before it
     */
    void requireNoOther(Image own, Set<String> leftovers) throws OpenStackException {
        requireNone(visible().map(Image::id).filter(id -> !id.equals(own.id())).toList());
        Optional<Image> before = claimantBefore(own, leftovers);
        if (before.isPresent()) {
            throw new OpenStackException("image '" + name + "' is being uploaded to "
                    + glance.session().place() + " by another upload, which began first (image "
                    + before.get().id() + "): choose another name, or say what to do by ifExists: 'skip', 'replace' or"
                    + " 'keep'; an image that nobody uploads any more has to be deleted");
        }
    }

    /**
     * The first upload on its way that was created before {@code own}.
     *
     * @param leftovers ids of half images of the same upload
     */
    Optional<Image> claimantBefore(Image own, Set<String> leftovers) {
        return claimants.stream()
                .filter(claimant -> !leftovers.contains(claimant.id()) && BY_CREATION.compare(claimant, own) < 0)
                .min(BY_CREATION);
    }

    private Stream<Image> visible() {
        return images.stream().filter(image -> !image.hidden());
    }

    /** Of a file. */
    @FunctionalInterface
    public interface FileDigests {
        /** Those of the algorithms that are known; where it reads the file for them, all of them. */
        Digests get(Set<DigestAlgorithm> algorithms) throws IOException, InterruptedException;
    }

    /**
     * An active image that is not hidden and has the same data as a file.
     *
     * @param size bytes of the file
     * @param digests of the file, asked for only if an image has its size, and only for what can be compared
     */
    public Optional<Image> withTheSameData(long size, FileDigests digests) throws IOException, InterruptedException {
        List<Image> candidates = visible()
                .filter(image -> image.isActive() && Long.valueOf(size).equals(image.size()))
                .toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Digests file = digests.get(candidates.stream()
                .flatMap(image -> KeptDigest.of(image).stream())
                .map(KeptDigest::algorithm)
                .collect(Collectors.toSet()));
        return candidates.stream().filter(image -> isSame(image, file)).findFirst();
    }

    private static boolean isSame(Image image, Digests file) {
        Optional<KeptDigest> kept = KeptDigest.of(image);
        if (kept.isPresent() && file.get(kept.get().algorithm()) != null) {
            return kept.get().value().equals(file.get(kept.get().algorithm()));
        }
        String md5 = file.get(DigestAlgorithm.MD5);
        return md5 != null && md5.equals(image.checksum());
    }

    /**
     * One that everybody finds by the name and that was created after {@code own}.
     *
     * @param before ids of those that are known to be older, whatever Glance's clock says
     */
    Optional<Image> newerThan(Image own, Set<String> before) {
        return visible()
                .filter(image -> image.isActive() && isNewer(image, own, before))
                .max(BY_CREATION);
    }

    /** @return ids of those that are retired: the ones with data that are older than {@code own} */
    List<String> retireOlderThan(Image own, Set<String> before) throws OpenStackException {
        List<String> retired = new ArrayList<>();
        for (Image image : images) {
            if (image.isActive() && !image.id().equals(own.id()) && !isNewer(image, own, before) && retire(image)) {
                retired.add(image.id());
            }
        }
        return retired;
    }

    private static boolean isNewer(Image image, Image own, Set<String> before) {
        return !before.contains(image.id()) && BY_CREATION.compare(image, own) > 0;
    }

    /** One that somebody has deleted in between does not have the name either. */
    private boolean retire(Image image) throws OpenStackException {
        try {
            glance.change(image, retirement(image, name));
            return true;
        } catch (OpenStackException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Takes the name from an image, protected or not: it is renamed to {@code NAME (yyyyMMdd-HHmmss)}, the time in UTC at
     * which it was created, and hidden from lists.
     */
    static ImageChanges retirement(Image image, String name) {
        return new ImageChanges()
                .attribute("name", name + " (" + TIMESTAMP.format(image.createdAt()) + ")")
                .attribute("os_hidden", true);
    }
}
