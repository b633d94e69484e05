package io.jenkins.plugins.imagefactory.fuzz;

import io.jenkins.plugins.imagefactory.fixture.images.CraftedImage;
import io.jenkins.plugins.imagefactory.fixture.images.SoundImage;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.UnusableImageException;
import io.jenkins.plugins.imagefactory.image.inspection.ImageInspection;
import io.jenkins.plugins.imagefactory.image.inspection.SplitVmdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Inspects disk images of every format: sound and crafted ones in which some bytes are others, or whose end is missing. The first
 * byte of an input tells which image, then follow changes: a place in three bytes, a length in one, and so many bytes. A change
 * without a length cuts the image off there. Where the first byte tells of no image, the others are one.
 */
public final class ImageTarget {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int HEAD_OF_CHANGE = 4;
    private static final int LONGEST_CHANGE = 16;
    private static final Path DIRECTORY = directory();
    private static final List<Original> ORIGINALS = originals();
    private static final Path OTHER = DIRECTORY.resolve("other");

    private ImageTarget() {}

    private record Original(Path file, byte[] content) {}

    /** What Jazzer calls, again and again. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int which = input[0] & 0xff;
        ByteBuffer changes = ByteBuffer.wrap(input, 1, input.length - 1);
        Expectation.ends(TIME, () -> {
            if (which >= ORIGINALS.size()) {
                byte[] content = new byte[changes.remaining()];
                changes.get(content);
                inspect(Files.write(OTHER, content));
            } else {
                inspectChanged(ORIGINALS.get(which), changes);
            }
        });
    }

    private static void inspectChanged(Original original, ByteBuffer changes) throws IOException {
        List<int[]> changed = new ArrayList<>();
        boolean cut = false;
        try (FileChannel file = FileChannel.open(original.file(), StandardOpenOption.WRITE)) {
            while (changes.remaining() >= HEAD_OF_CHANGE) {
                int head = changes.getInt();
                int position = (head >>> 8) % original.content().length;
                int length = Math.min((head & 0xff) % (LONGEST_CHANGE + 1), changes.remaining());
                if (length == 0) {
                    file.truncate(position);
                    cut = true;
                } else {
                    file.write(changes.slice(changes.position(), length), position);
                    changes.position(changes.position() + length);
                    changed.add(new int[] {position, length});
                }
            }
            try {
                inspect(original.file());
            } finally {
                restore(original, file, changed, cut);
            }
        }
    }

    private static void restore(Original original, FileChannel file, List<int[]> changed, boolean cut)
            throws IOException {
        if (cut) {
            file.write(ByteBuffer.wrap(original.content()), 0);
        }
        for (int[] change : changed) {
            int length = Math.min(change[1], original.content().length - change[0]);
            file.write(ByteBuffer.wrap(original.content(), change[0], length), change[0]);
        }
        file.truncate(original.content().length);
    }

    private static void inspect(Path file) throws IOException {
        if (SplitVmdk.isOne(file)) {
            try {
                SplitVmdk.of(file, DIRECTORY);
            } catch (UnusableImageException e) {
                Expectation.isShown(e.getMessage());
            }
        }
        DiskImage found = ImageInspection.of(file);
        if (found.isSound()) {
            Long size = found.virtualSize();
            Expectation.holds(size == null || size >= 0, "a disk of a negative size");
        } else {
            Expectation.isShown(found.trouble("image"));
        }
    }

    /** Each image as it is, and each with a change at its beginning and one behind. */
    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int which = 0; which < ORIGINALS.size(); which++) {
            seeds.add(new byte[] {(byte) which});
            seeds.add(new byte[] {(byte) which, 0, 0, 16, 4, 0, 0, 0, 1, 1, 0, 0, 4, 0, 0, 1, 0});
        }
        seeds.add("\u007fjust bytes".getBytes(StandardCharsets.US_ASCII));
        return seeds;
    }

    private static List<Original> originals() {
        try {
            List<Path> files = new ArrayList<>();
            for (SoundImage image : SoundImage.values()) {
                files.add(image.makeIn(DIRECTORY));
            }
            Path secret = Files.writeString(DIRECTORY.resolve("secret"), "secret");
            for (CraftedImage image : CraftedImage.values()) {
                files.add(image.makeIn(DIRECTORY.resolve("workspace"), secret));
            }
            List<Original> originals = new ArrayList<>();
            for (Path file : files) {
                originals.add(new Original(file, Files.readAllBytes(file)));
            }
            return originals;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
