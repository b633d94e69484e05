package io.jenkins.plugins.imagefactory.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A file that nothing can make smaller, the same in every run. */
final class RandomFile {
    private RandomFile() {}

    /**
     * @param size bytes, a multiple of a MiB
     * @return its whole path
     */
    static Path write(Path file, long size) throws IOException {
        byte[] block = new byte[1 << 20];
        Random random = new Random(file.getFileName().toString().hashCode());
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < size; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file.toAbsolutePath();
    }
}
