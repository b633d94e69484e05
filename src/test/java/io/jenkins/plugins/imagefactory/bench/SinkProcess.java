package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.FileState;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.image.ImageDataUpload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** What an agent does with the data of an upload, as a process of its own; or the digests alone. */
public final class SinkProcess {
    private SinkProcess() {}

    /** @param arguments a file, and where to send it; without an address its digests are computed and it is sent nowhere */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        if (arguments.length == 1) {
            Digests.of(file, Set.of(DigestAlgorithm.SHA512));
        } else {
            new ImageDataUpload(
                            URI.create(arguments[1]),
                            "unused",
                            HttpSettings.DEFAULT,
                            Duration.ofHours(1),
                            DigestAlgorithm.SHA512)
                    .send(file, new DigestedFile(FileState.of(file), "known"), sent -> {});
        }
    }
}
