package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.image.ImageDataUpload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** What an agent does with the data of an upload, as a process of its own; or the digests alone. */
public final class SinkProcess {
    private SinkProcess() {}

    /** @param arguments a file, and where to send it; without an address its digests are computed and it is sent nowhere */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        if (arguments.length == 1) {
            Digests.of(file);
        } else {
            new ImageDataUpload(URI.create(arguments[1]), "unused", HttpSettings.DEFAULT, Duration.ofHours(1))
                    .send(file, sent -> {});
        }
    }
}
