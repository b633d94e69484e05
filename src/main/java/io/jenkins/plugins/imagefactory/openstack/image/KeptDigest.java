package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import java.io.Serializable;
import java.util.Optional;

/** What proves the data of an image: the best digest of it that Glance keeps and Java computes. */
public record KeptDigest(DigestAlgorithm algorithm, String value) implements Serializable {

    /** Its {@code os_hash_value}, else its {@code checksum}; nothing if it has neither, or no data. */
    static Optional<KeptDigest> of(Image image) {
        Optional<KeptDigest> multihash = image.hash() == null
                ? Optional.empty()
                : DigestAlgorithm.ofGlanceName(image.hashAlgorithm())
                        .map(algorithm -> new KeptDigest(algorithm, image.hash()));
        return multihash.or(() ->
                Optional.ofNullable(image.checksum()).map(checksum -> new KeptDigest(DigestAlgorithm.MD5, checksum)));
    }
}
