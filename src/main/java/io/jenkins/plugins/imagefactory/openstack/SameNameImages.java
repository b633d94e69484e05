package io.jenkins.plugins.imagefactory.openstack;

import io.jenkins.plugins.imagefactory.image.Digests;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images of one name that the project owns already: Glance allows any number of them. */
public final class SameNameImages {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Glance glance;
    private final String name;
    private final List<Image> images;

    private SameNameImages(Glance glance, String name, List<Image> images) {
        this.glance = glance;
        this.name = name;
        this.images = images;
    }

    public static SameNameImages find(Glance glance, String name) throws OpenStackException {
        return new SameNameImages(glance, name, glance.owned(Map.of("name", name)));
    }

    /** @throws OpenStackException if there is any */
    public void requireNone() throws OpenStackException {
        if (!images.isEmpty()) {
            throw new OpenStackException("there is an image '" + name + "' in "
                    + glance.session().place() + " already ("
                    + String.join(", ", images.stream().map(Image::id).toList())
                    + "): choose another name, or say what to do by ifExists: 'skip', 'replace' or 'keep'");
        }
    }

    /** Reads the file once. */
    @FunctionalInterface
    public interface FileDigests {
        Digests read() throws IOException, InterruptedException;
    }

    /**
     * An active image with the same data as a file.
     *
     * @param size bytes of the file
     * @param digests of the file, asked for only if an image has its size
     */
    public Optional<Image> withTheSameData(long size, FileDigests digests) throws IOException, InterruptedException {
        List<Image> candidates = images.stream()
                .filter(image -> image.isActive() && image.size() != null && image.size() == size)
                .toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Digests file = digests.read();
        return candidates.stream().filter(image -> isSame(image, file)).findFirst();
    }

    private static boolean isSame(Image image, Digests file) {
        String digest = ImageUpload.digestOf(image.hashAlgorithm(), file);
        return digest == null ? file.md5().equals(image.checksum()) : digest.equals(image.hash());
    }

    /**
     * Gives the name to another image alone: these are renamed to {@code NAME (yyyyMMdd-HHmmss)}, the time in UTC at which
     * each was created, and hidden from lists.
     *
     * @return the ids of those that were
     */
    public List<String> retire() throws OpenStackException {
        List<String> retired = new ArrayList<>();
        for (Image image : images) {
            glance.change(
                    image,
                    new ImageChanges()
                            .attribute("name", name + " (" + TIMESTAMP.format(image.createdAt()) + ")")
                            .attribute("os_hidden", true));
            retired.add(image.id());
        }
        return retired;
    }
}
