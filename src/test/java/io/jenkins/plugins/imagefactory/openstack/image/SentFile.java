package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.Digests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The way of a file of this machine into Glance. */
public class SentFile implements ImageUpload.DataPath {
    private final Path file;

    public SentFile(Path file) {
        this.file = file;
    }

    @Override
    public Digests send(ImageDataUpload upload) throws IOException, InterruptedException {
        return upload.send(file, null, sent -> {});
    }

    @Override
    public Digests digest(DigestAlgorithm algorithm) throws IOException, InterruptedException {
        return Digests.of(file, Set.of(algorithm));
    }
}
