package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.ByteCount;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Tells how far a transfer is: one line every ten seconds, with speed and time left, and one at the end of what took a second
 * at least.
 */
public final class TransferProgress implements LongConsumer {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;
    private static final double SECOND = 1e9;

    private final long size;
    private final String done;
    private final Consumer<String> console;
    private final LongSupplier nanos;
    private final long start;
    private long lastLine;

    /**
     * @param size bytes in all
     * @param done what happens to them, such as {@code sent}
     */
    public TransferProgress(long size, String done, Consumer<String> console) {
        this(size, done, console, System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    TransferProgress(long size, String done, Consumer<String> console, LongSupplier nanos) {
        this.size = size;
        this.done = done;
        this.console = console;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.lastLine = start;
    }

    @Override
    public void accept(long sent) {
        long now = nanos.getAsLong();
        if (now - (sent < size ? lastLine : start) < (sent < size ? NANOS_BETWEEN_LINES : SECOND)) {
            return;
        }
        lastLine = now;
        double seconds = (now - start) / SECOND;
        double bytesPerSecond = sent / seconds;
        console.accept(String.format(
                Locale.ROOT,
                "%d %% of %s %s, %s/s, %s",
                100 * sent / Math.max(size, 1),
                ByteCount.text(size),
                done,
                ByteCount.text((long) bytesPerSecond),
                sent < size
                        ? String.format(Locale.ROOT, "%.0f s left", (size - sent) / bytesPerSecond)
                        : String.format(Locale.ROOT, "in %.1f s", seconds)));
    }
}
