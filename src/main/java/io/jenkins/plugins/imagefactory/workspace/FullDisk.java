package io.jenkins.plugins.imagefactory.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/** By what it is told that a disk has no room left: what systems and programs say, or the room that there is. */
public final class FullDisk {
    private static final Pattern SAID =
            Pattern.compile("No space left on device|Disk quota exceeded|not enough space on the disk");
    private static final long NEXT_TO_NOTHING = 4096;

    private FullDisk() {}

    /** Whether a text, which may be null, speaks of a full disk. */
    public static boolean isSaidIn(String text) {
        return text != null && SAID.matcher(text).find();
    }

    /** Whether so few bytes are left that hardly anything can be written. */
    public static boolean hasNoRoom(long usableBytes) {
        return usableBytes < NEXT_TO_NOTHING;
    }

    /** Whether that is why a file could not be written. */
    static boolean explains(Path file, IOException failure) {
        if (isSaidIn(failure.getMessage())) {
            return true;
        }
        try {
            Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
            return hasNoRoom(Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            return false;
        }
    }
}
