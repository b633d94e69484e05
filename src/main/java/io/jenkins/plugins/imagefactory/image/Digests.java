package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lower-case hexadecimal digests of one file: those that Glance keeps, and the SHA-256 that people compare. */
public record Digests(String md5, String sha256, String sha512) implements Serializable {

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
