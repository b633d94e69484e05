package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own for {@link UploadMemoryIT}: sends a file and prints its SHA-512. */
public final class SmallHeapUpload {
    private SmallHeapUpload() {}

    /** @param arguments address and file; the token comes in the environment variable {@code TOKEN} */
    public static void main(String[] arguments) throws Exception {
        Digests digests = new ImageDataUpload(
                        URI.create(arguments[0]),
                        System.getenv("TOKEN"),
                        HttpSettings.DEFAULT,
                        Duration.ofHours(1),
                        DigestAlgorithm.SHA512)
                .send(Path.of(arguments[1]), null, sent -> {});
        System.out.println(digests.get(DigestAlgorithm.SHA512));
    }
}
