package io.jenkins.plugins.imagefactory.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {
    private static final Set<DigestAlgorithm> TWO = Set.of(DigestAlgorithm.SHA512, DigestAlgorithm.SHA256);

    @TempDir
    Path directory;

    @Test
    void digestsAFileOfManyBuffersAsTheJdkDoes() throws Exception {
        byte[] content = new byte[5_000_001];
        new Random(7).nextBytes(content);
        Path file = Files.write(directory.resolve("file"), content);

        assertThat(Digests.of(file, TWO)).isEqualTo(expected(content));
        assertThat(Digests.sha256(file)).isEqualTo(digest("SHA-256", content));
    }

    @Test
    void knowsOnlyWhatSomebodyAskedFor() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1]);

        assertThat(Digests.of(file, Set.of(DigestAlgorithm.MD5)).sha256()).isNull();
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[5_000_000]);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Digests.of(file, TWO)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aStreamAndAFileThatIsSentHaveTheSameDigests() throws Exception {
        byte[] content = new byte[40_000_001];
        new Random(7).nextBytes(content);
        Path file = Files.write(directory.resolve("file"), content);
        try (StreamDigester stream = new StreamDigester(TWO);
                FollowingDigests following = new FollowingDigests(file, content.length, TWO)) {
            for (int from = 0; from < content.length; ) {
                byte[] buffer = stream.buffer();
                int count = Math.min(buffer.length, content.length - from);
                System.arraycopy(content, from, buffer, 0, count);
                stream.update(buffer, count);
                from += count;
                following.sent(from);
            }

            assertThat(stream.finish()).isEqualTo(expected(content));
            assertThat(following.finish()).isEqualTo(expected(content));
        }
    }

    private static Digests expected(byte[] content) throws Exception {
        return new Digests(Map.of(
                DigestAlgorithm.SHA256, digest("SHA-256", content),
                DigestAlgorithm.SHA512, digest("SHA-512", content)));
    }

    private static String digest(String algorithm, byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    }
}
