package io.jenkins.plugins.imagefactory.openstack;

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
                bytes(size),
                done,
                bytesPerSecond / MIB,
                sent < size
                        ? String.format(Locale.ROOT, "%.0f s left", (size - sent) / bytesPerSecond)
                        : String.format(Locale.ROOT, "in %.1f s", seconds)));
    }

    /** The number of bytes as people read it, such as {@code 1.4 GiB}. */
    public static String bytes(long count) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = count;
        int unit = 0;
        for (; value >= 1024 && unit < units.length - 1; unit++) {
            value /= 1024;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
