package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OpenStackExtension.class)
class UploadMemoryIT {
    private static final long THREE_GIB = 3L << 30;

    @Test
    void threeGibibytesAreUploadedWithAHeapOf64Mebibytes(OpenStack cloud, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("sparse.raw");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(THREE_GIB);
        }
        Session session = TestSessions.of(cloud, User.BUILDER, Project.FACTORY);
        Glance glance = Glance.of(session);
        Image image = TestImages.create(glance, "three gibibytes");
        try {
            ProcessBuilder upload = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-classpath",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    SmallHeapUpload.class.getName(),
                    glance.dataUpload(image.id(), session.token(), Duration.ZERO, DigestAlgorithm.SHA512)
                            .address()
                            .toString(),
                    file.toString());
            upload.environment().put("TOKEN", session.token());
            Process process =
                    upload.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isZero();
            Image uploaded = glance.get(image.id());
            assertThat(uploaded.status()).isEqualTo("active");
            assertThat(uploaded.size()).isEqualTo(THREE_GIB);
            assertThat(output.strip()).isEqualTo(uploaded.hash());
        } finally {
            glance.delete(image.id());
        }
    }
}
