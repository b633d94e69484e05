package io.jenkins.plugins.imagefactory.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {
    @TempDir
    Path directory;

    @Test
    void digestsAFileOfManyBuffersAsTheJdkDoes() throws Exception {
        byte[] content = new byte[5_000_001];
        new Random(7).nextBytes(content);
        Path file = Files.write(directory.resolve("file"), content);

        assertThat(Digests.of(file))
                .isEqualTo(new Digests(digest("MD5", content), digest("SHA-256", content), digest("SHA-512", content)));
        assertThat(Digests.sha256(file)).isEqualTo(digest("SHA-256", content));
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[5_000_000]);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Digests.of(file)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Digests.sha256(file)).isInstanceOf(InterruptedException.class);
    }

    private static String digest(String algorithm, byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    }
}
