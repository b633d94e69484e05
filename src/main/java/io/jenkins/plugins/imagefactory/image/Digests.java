package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Lower-case hexadecimal digests of one file: those that Glance keeps, and the SHA-256 that people compare. */
public record Digests(String md5, String sha256, String sha512) implements Serializable {
    private static final int BUFFER_BYTES = 256 * 1024;

    /** The SHA-256 alone, at less cost. Stops with {@link InterruptedException} soon after the thread is interrupted. */
    public static String sha256(Path file) throws IOException, InterruptedException {
        MessageDigest digest = StreamDigester.algorithm("SHA-256");
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Reads the file once. Stops with {@link InterruptedException} soon after the thread is interrupted. */
    public static Digests of(Path file) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(file);
                StreamDigester digester = new StreamDigester()) {
            for (byte[] buffer = digester.buffer(); ; buffer = digester.buffer()) {
                int count = in.readNBytes(buffer, 0, buffer.length);
                if (count == 0) {
                    return digester.finish();
                }
                digester.update(buffer, count);
            }
        }
    }
}
