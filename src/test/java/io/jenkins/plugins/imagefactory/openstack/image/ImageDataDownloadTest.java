package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDataDownloadTest {
    @TempDir
    Path directory;

    @Test
    void theHalfFileIsNotWrittenThroughALink() throws IOException {
        Path workspace = Files.createDirectory(directory.resolve("workspace"));
        Path outside = Files.writeString(directory.resolve("outside"), "as it was");
        Files.createSymbolicLink(workspace.resolve(".disk.raw.the-id.part"), outside);

        assertThatThrownBy(() -> download("the-id").receive(workspace.resolve("disk.raw"), count -> {}))
                .isInstanceOf(IOException.class);

        assertThat(outside).hasContent("as it was");
    }

    @Test
    void anIdOfAStrangersCloudIsNoPath() throws IOException {
        Path workspace = Files.createDirectory(directory.resolve("workspace"));
        Files.createDirectory(workspace.resolve(".disk.raw."));
        Path outside = Files.writeString(directory.resolve("outside.part"), "as it was");

        download("/../../outside").discard(workspace.resolve("disk.raw"));

        assertThat(outside).exists();
    }

    private static ImageDataDownload download(String id) {
        return new ImageDataDownload(
                URI.create("http://127.0.0.1:1/"),
                "token",
                HttpSettings.DEFAULT,
                Duration.ZERO,
                new ImageDataDownload.Expected(id, 1, null));
    }
}
