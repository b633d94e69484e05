package io.jenkins.plugins.imagefactory.image.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.inspection.ImageInspection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoCloudSeedTest {
    @TempDir
    Path directory;

    @Test
    void isACdWithTheLabelThatCloudInitLooksFor() throws Exception {
        Path disk = write(new NoCloudSeed("boot-1", "#cloud-config\nhostname: web\n", "ssh-ed25519 AAAA root\n"));

        assertThat(ImageInspection.of(disk).format()).isEqualTo(DiskFormat.ISO);
        Process blkid = new ProcessBuilder("/sbin/blkid", "-p", "-o", "export", disk.toString()).start();
        assertThat(blkid.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(blkid.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("LABEL=cidata\n", "TYPE=iso9660\n");
    }

    @Test
    void holdsUserDataAndMetaData() throws Exception {
        String disk = text(new NoCloudSeed("boot-1", "#!/bin/sh\necho hello\n", "ssh-ed25519 AAAA root\n"));

        assertThat(disk)
                .contains("META-DATA.;1", "USER-DATA.;1")
                .contains(
                        "instance-id: boot-1\nlocal-hostname: image-boot\npublic-keys:\n  - ssh-ed25519 AAAA root\n\0")
                .contains("#!/bin/sh\necho hello\n\0");
    }

    @Test
    void withoutUserDataTellsCloudInitNothing() throws Exception {
        assertThat(text(new NoCloudSeed("boot-1", null, null)))
                .contains("#cloud-config\n{}\n")
                .doesNotContain("keys");
    }

    private String text(NoCloudSeed seed) throws Exception {
        return Files.readString(write(seed), StandardCharsets.ISO_8859_1);
    }

    private Path write(NoCloudSeed seed) throws Exception {
        return Files.write(directory.resolve("seed.iso"), seed.disk());
    }
}
