package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.IfExists;
import io.jenkins.plugins.imagefactory.openstack.image.ImageUpload;
import io.jenkins.plugins.imagefactory.openstack.image.NewImage;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.image.SentFile;
import io.jenkins.plugins.imagefactory.openstack.image.SilentObserver;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** glanceUpload without Jenkins, as a process of its own: logs in, creates, sends, verifies. */
public final class UploadProcess {
    private UploadProcess() {}

    /** @param arguments file and name of the image; the login comes as an openrc in the variable {@code OPENRC} */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        NewImage image =
                new NewImage(arguments[1], DiskFormat.RAW, "bare", "private", 0, 0, false, false, List.of(), Map.of());
        try (HttpTransport http = new HttpTransport(HttpSettings.DEFAULT)) {
            Session session = new Session(
                    http, ClientOptions.ofFile(System.getenv("OPENRC"), "").toLogin("bench"));
            new ImageUpload(Glance.of(session), Patience.of(0, null), new SilentObserver(), null)
                    .upload(image, IfExists.KEEP, Files.size(file), new SentFile(file));
        }
    }
}
