package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.ByteCount;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Tells how far a transfer is: one line every ten seconds, with speed and time left, and one at the end. */
public final class TransferProgress implements LongConsumer {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;
    private static final double MIB = 1024 * 1024;

    private final long size;
    private final String done;
    private final Consumer<String> console;
    private final long start = System.nanoTime();
    private long lastLine = start;

    /**
     * @param size bytes in all
     * @param done what happens to them, such as {@code sent}
     */
    public TransferProgress(long size, String done, Consumer<String> console) {
        this.size = size;
        this.done = done;
        this.console = console;
    }

    @Override
    public void accept(long sent) {
        long now = System.nanoTime();
        if (sent < size && now - lastLine < NANOS_BETWEEN_LINES) {
            return;
        }
        lastLine = now;
        double seconds = Math.max(now - start, 1) / 1e9;
        double bytesPerSecond = sent / seconds;
        console.accept(String.format(
                Locale.ROOT,
                "%d %% of %s %s, %.0f MiB/s, %s",
                100 * sent / Math.max(size, 1),
                ByteCount.text(size),
                done,
                bytesPerSecond / MIB,
                sent < size
                        ? String.format(Locale.ROOT, "%.0f s left", (size - sent) / bytesPerSecond)
                        : String.format(Locale.ROOT, "in %.1f s", seconds)));
    }
}
