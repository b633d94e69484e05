package io.jenkins.plugins.imagefactory.openstack.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Brings one file into Glance: create, send, wait until active, verify, name. What fails in passing is done again from the
 * start, with another image. It ends with the one whole image or with none: until it is whole the image is private, has a
 * name that nobody looks for and can be deleted; whatever fails, and when the thread is interrupted, it is.
 */
public final class ImageUpload {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_PROCESSING = Duration.ofHours(1);
    private static final Set<String> BY_POLICY = Set.of("public", "community");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final int TOO_LARGE_FOR_A_PROXY = 413;

    private final Glance glance;
    private final Patience patience;
    private final Observer observer;
    private final Map<String, Begun> leftBehind = new LinkedHashMap<>();
    private DigestAlgorithm proof;

    /** @param proof what Glance keeps of images, if that has been seen; null to look at its newest image */
    public ImageUpload(Glance glance, Patience patience, Observer observer, @CheckForNull DigestAlgorithm proof) {
        this.glance = glance;
        this.patience = patience;
        this.observer = observer;
        this.proof = proof;
    }

    /** Is told what happens on the way. */
    public interface Observer {
        /** An image is about to be created, or is whole: whoever takes over from here goes on with it, or deletes it. */
        void begun(Begun begun) throws IOException, InterruptedException;

        /** There is no image of that temporary name any more: it has its own, or is gone. */
        void ended(String temporaryName);

        /** An attempt failed and another one follows. */
        void retrying(String why, Duration pause);

        /** Another upload of the same name began before this one: what becomes of it is awaited. */
        void waitingFor(String id);

        /** An image that was created after this one has the name already: this one is renamed and hidden. */
        void replacedBy(String id);

        /** Glance keeps another digest than was expected: the file is read once more for it. */
        void digesting(DigestAlgorithm kept, DigestAlgorithm expected);
    }

    /**
     * How an image that was begun is found again.
     *
     * @param temporaryName its name until its last request
     * @param digests of its file; null until the image is active and verified
     */
    public record Begun(
            String imageId,
            String temporaryName,
            @CheckForNull Digests digests) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Where the bytes are sent from: the agent that has the file. */
    public interface DataPath {
        /** Sends the file and returns the digests of what was sent. */
        Digests send(ImageDataUpload upload) throws IOException, InterruptedException;

        /** Reads the file once more. */
        Digests digest(DigestAlgorithm algorithm) throws IOException, InterruptedException;

        /** Properties that tell where the file comes from, once its digests are known. */
        default Map<String, String> provenance(Digests digests) {
            return Map.of();
        }
    }

    /**
     * An image that is active and verified.
     *
     * @param digests of its file: the SHA-256, what proved it, and the MD5 if Glance keeps that
     * @param reused whether another upload of the same data was first, and this is its image
     * @param replaced ids of the images that had the name before
     */
    public record Uploaded(Image image, Digests digests, boolean reused, List<String> replaced) {}

    /** @param size bytes of the file that {@code path} sends */
    public Uploaded upload(NewImage newImage, IfExists ifExists, long size, DataPath path)
            throws IOException, InterruptedException {
        return leavingNothingBehind(() -> untilItWorks(newImage, ifExists, size, path));
    }

    /** Whether an image that was begun is whole, so that {@link #finish} is all that it may lack. */
    public boolean isWhole(Begun begun, long size) throws OpenStackException {
        Digests digests = begun.digests();
        if (digests == null || digests.sha256() == null) {
            return false;
        }
        try {
            Image image = glance.get(begun.imageId());
            requireSame(image, size, digests);
            return image.isActive() && isProved(image, digests);
        } catch (OpenStackException e) {
            if (e.isPassing() || e.status() != 0 && e.status() != NOT_FOUND) {
                throw e;
            }
            return false;
        }
    }

    /** Gives an image that {@link #isWhole} its name, unless it has it; may be repeated. */
    public Uploaded finish(Begun begun, NewImage newImage, IfExists ifExists, DataPath path)
            throws IOException, InterruptedException {
        return leavingNothingBehind(() -> {
            leftBehind.put(begun.imageId(), begun);
            Image image = glance.get(begun.imageId());
            boolean isNamed = !image.name().equals(begun.temporaryName());
            return isNamed && ifExists != IfExists.REPLACE
                    ? new Uploaded(kept(image), begun.digests(), false, List.of())
                    : name(image, begun.digests(), naming(newImage, ifExists, Set.of()), path);
        });
    }

    /** Deletes what became of an upload that was broken off. */
    public void discard(Begun begun) throws OpenStackException {
        delete(begun.imageId());
    }

    @FunctionalInterface
    private interface Making {
        Uploaded make() throws IOException, InterruptedException;
    }

    private Uploaded leavingNothingBehind(Making making) throws IOException, InterruptedException {
        try {
            Uploaded uploaded = making.make();
            sweep();
            return uploaded;
        } catch (IOException | InterruptedException | RuntimeException e) {
            // Where the controller stops, the first request of the sweep is refused as this one was: nothing is
            // deleted.
            sweepAfter(e);
            throw e;
        }
    }

    private Uploaded untilItWorks(NewImage newImage, IfExists ifExists, long size, DataPath path)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(newImage, ifExists, size, path);
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

    private Uploaded attempt(NewImage newImage, IfExists ifExists, long size, DataPath path)
            throws IOException, InterruptedException {
        Set<String> before = ifExists == IfExists.REPLACE
                ? SameNameImages.find(glance, newImage.name()).ids()
                : Set.of();
        String id = UUID.randomUUID().toString();
        Begun begun = new Begun(id, TemporaryName.of(newImage.name(), id), null);
        leftBehind.put(id, begun);
        observer.begun(begun);
        try {
            Image draft = glance.create(
                    newImage.draft(id, begun.temporaryName(), ImageNaming.claim(newImage.name(), ifExists)));
            ImageNaming naming = naming(newImage, ifExists, before);
            requireVisibility(draft, newImage.visibility());
            Digests sent = send(id, path);
            Image image = awaitActive(id);
            Digests digests = verified(image, size, sent, path);
            observer.begun(new Begun(id, begun.temporaryName(), digests));
            return name(image, digests, naming, path);
        } catch (OpenStackException e) {
            if (leftBehind.containsKey(id)) {
                discard(id);
            }
            throw e;
        }
    }

    private ImageNaming naming(NewImage newImage, IfExists ifExists, Set<String> before) {
        return new ImageNaming(glance, newImage, ifExists, before, leftBehind.keySet(), patience, observer, this::kept);
    }

    /** Whether Glance's policy lets it have that visibility in the end is told before its data is sent. */
    private void requireVisibility(Image draft, String visibility) throws OpenStackException {
        if (!BY_POLICY.contains(visibility)) {
            return;
        }
        try {
            Image tried = glance.change(draft, new ImageChanges().attribute("visibility", visibility));
            glance.change(tried, new ImageChanges().attribute("visibility", draft.visibility()));
        } catch (OpenStackException e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            throw new OpenStackException(
                    FORBIDDEN,
                    "Glance's policy does not let " + glance.session().identityLabel() + " make images " + visibility
                            + ": choose another visibility, or ask an administrator (" + e.getMessage() + ")");
        }
    }

    private Uploaded name(Image image, Digests digests, ImageNaming naming, DataPath path)
            throws IOException, InterruptedException {
        sweepAllBut(image.id());
        ImageNaming.Named named = naming.name(image, digests, path.provenance(digests));
        boolean reused = !named.image().id().equals(image.id());
        return new Uploaded(reused ? named.image() : kept(named.image()), digests, reused, named.replaced());
    }

    private Image kept(Image image) {
        if (leftBehind.containsKey(image.id())) {
            ended(image.id());
        }
        return image;
    }

    private Digests send(String id, DataPath path) throws IOException, InterruptedException {
        if (proof == null) {
            proof = glance.newestDigest().map(KeptDigest::algorithm).orElse(DigestAlgorithm.SHA512);
        }
        String token = glance.session().token();
        try {
            return path.send(glance.dataUpload(id, token, patience.left(), proof));
        } catch (OpenStackException e) {
            if (e.status() == UNAVAILABLE) {
                return sendToAnother(id, path, e);
            }
            if (e.status() != UNAUTHORIZED) {
                throw e;
            }
            glance.session().rejected(token);
            return path.send(glance.dataUpload(id, glance.session().token(), patience.left(), proof));
        }
    }

    /**
     * Of several servers behind one address one may be away: it has seen nothing of the image. Where requests go to them in turn, an
     * upload from its beginning would meet that one again.
     */
    private Digests sendToAnother(String id, DataPath path, OpenStackException away)
            throws IOException, InterruptedException {
        try {
            return path.send(glance.dataUpload(id, glance.session().token(), patience.left(), proof));
        } catch (OpenStackException e) {
            throw away;
        }
    }

    private Image awaitActive(String id) throws OpenStackException, InterruptedException {
        Patience processing = Patience.of(0, LONGEST_PROCESSING);
        return new ImageActivation(
                        "image " + id,
                        " in Glance after all its data was sent",
                        POLL,
                        () -> processing.isOver() || patience.isOver())
                .await(() -> glance.get(id), image -> {});
    }

    /** With the MD5, which Glance has computed of the bytes that it was proved to have. */
    private Digests verified(Image image, long size, Digests sent, DataPath path)
            throws IOException, InterruptedException {
        Digests digests = sent;
        Optional<KeptDigest> kept = KeptDigest.of(image);
        if (kept.isPresent() && sent.get(kept.get().algorithm()) == null) {
            DigestAlgorithm needed = kept.get().algorithm();
            observer.digesting(needed, proof);
            proof = needed;
            digests = sent.and(path.digest(needed));
        }
        requireSame(image, size, digests);
        return image.checksum() == null ? digests : digests.with(DigestAlgorithm.MD5, image.checksum());
    }

    private static boolean isProved(Image image, Digests digests) {
        return KeptDigest.of(image)
                .map(kept -> digests.get(kept.algorithm()) != null)
                .orElse(true);
    }

    private static void requireSame(Image image, long size, Digests digests) throws OpenStackException {
        if (!Long.valueOf(size).equals(image.size())) {
            throw differs(image, "size", image.size(), size);
        }
        Optional<KeptDigest> kept = KeptDigest.of(image);
        if (kept.isPresent()) {
            DigestAlgorithm algorithm = kept.get().algorithm();
            String own = digests.get(algorithm);
            if (own != null && !own.equals(kept.get().value())) {
                throw differs(image, algorithm.glanceName(), kept.get().value(), own);
            }
        }
    }

    private static OpenStackException differs(Image image, String what, Object inGlance, Object ofFile) {
        return new OpenStackException("image " + image.id() + " arrived damaged: its " + what + " in Glance is "
                + inGlance + ", of the file " + ofFile);
    }

    private void discard(String id) {
        try {
            delete(id);
            ended(id);
        } catch (OpenStackException e) {
            // sweep() tries again in the end, and says so if it fails
        }
    }

    private void sweep() throws OpenStackException {
        sweepAllBut(null);
    }

    /** What failed attempts have left is gone before an image gets its name, so that nothing fails after that. */
    private void sweepAllBut(@CheckForNull String whole) throws OpenStackException {
        for (String id : List.copyOf(leftBehind.keySet())) {
            if (!id.equals(whole)) {
                delete(id);
                ended(id);
            }
        }
    }

    private void ended(String id) {
        observer.ended(leftBehind.remove(id).temporaryName());
    }

    /** A last request of which nothing is known may have protected it. */
    private void delete(String id) throws OpenStackException {
        try {
            glance.delete(id);
        } catch (OpenStackException e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            glance.change(glance.get(id), new ImageChanges().attribute("protected", false));
            glance.delete(id);
        }
    }

    /** Runs also on an interrupted thread: the flag is put back for the caller afterwards. */
    private void sweepAfter(Exception why) {
        boolean interrupted = Thread.interrupted();
        try {
            sweep();
        } catch (OpenStackException e) {
            why.addSuppressed(new OpenStackException(
                    e.status(),
                    "left behind, to be deleted by hand: images " + leftBehind.keySet() + ": " + e.getMessage()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
