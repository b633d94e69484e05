package io.jenkins.plugins.imagefactory.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * By what a file is known to be the one that it was, without reading it: as long as nobody has written to it.
 *
 * @param size bytes
 * @param modified when it was last written to, in nanoseconds since 1970
 * @param key of the file on its system of files; null where there are none
 */
public record FileState(
        long size, long modified, @CheckForNull String key) implements Serializable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Linux notes the time of its last tick, of which there are 100 a second or more. */
    private static final Duration FINE = Duration.ofMillis(20);

    private static final Duration COARSE = Duration.ofSeconds(2);

    public static FileState of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileState(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.fileKey() == null ? null : attributes.fileKey().toString());
    }

    /** From when on the file could not be written to without another {@link #modified}. */
    Instant settled() {
        Instant written = Instant.EPOCH.plusNanos(modified);
        return written.plus(modified % SECOND == 0 ? COARSE : FINE);
    }
}
