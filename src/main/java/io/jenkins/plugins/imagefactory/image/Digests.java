package io.jenkins.plugins.imagefactory.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Lower-case hexadecimal digests of one file: those that somebody asked for. */
public record Digests(Map<DigestAlgorithm, String> values) implements Serializable {
    /** Small enough for a processor's own cache, large enough that the calls do not count. */
    static final int BUFFER_BYTES = 64 * 1024;

    /** An earlier version kept others, of which nothing is known here. */
    public Digests {
        values = values == null ? Map.of() : Map.copyOf(values);
    }

    /** The SHA-256 alone. */
    public static String sha256(Path file) throws IOException, InterruptedException {
        return of(file, Set.of(DigestAlgorithm.SHA256)).sha256();
    }

    /** Reads the file once. Stops with {@link InterruptedException} soon after the thread is interrupted. */
    public static Digests of(Path file, Set<DigestAlgorithm> algorithms) throws IOException, InterruptedException {
        Map<DigestAlgorithm, MessageDigest> digests = new TreeMap<>();
        algorithms.forEach(algorithm -> digests.put(algorithm, algorithm.begin()));
        // An iterator in the loop would leave AVX-512 registers in use, with which Java 17's SHA-256 takes 80 times as
        // long.
        MessageDigest[] each = digests.values().toArray(MessageDigest[]::new);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                for (MessageDigest digest : each) {
                    digest.update(buffer, 0, count);
                }
            }
        }
        return finish(digests);
    }

    static Digests finish(Map<DigestAlgorithm, MessageDigest> digests) {
        Map<DigestAlgorithm, String> values = new TreeMap<>();
        digests.forEach(
                (algorithm, digest) -> values.put(algorithm, HexFormat.of().formatHex(digest.digest())));
        return new Digests(values);
    }

    /** Null if nobody asked for it. */
    @CheckForNull
    public String get(DigestAlgorithm algorithm) {
        return values.get(algorithm);
    }

    /** Null if nobody asked for it. */
    @CheckForNull
    public String sha256() {
        return get(DigestAlgorithm.SHA256);
    }

    /** These and another one of the same file. */
    public Digests with(DigestAlgorithm algorithm, String value) {
        return and(new Digests(Map.of(algorithm, value)));
    }

    /** These and others of the same file. */
    public Digests and(Digests others) {
        Map<DigestAlgorithm, String> all = new TreeMap<>(values);
        all.putAll(others.values);
        return new Digests(all);
    }
}
