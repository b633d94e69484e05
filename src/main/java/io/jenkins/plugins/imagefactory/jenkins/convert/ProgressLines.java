package io.jenkins.plugins.imagefactory.jenkins.convert;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/** One line every few seconds for a progress that is told many times a second. */
final class ProgressLines implements DoubleConsumer {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Consumer<String> console;
    private final LongSupplier nanos;
    private long lastLine;

    ProgressLines(Consumer<String> console) {
        this(console, System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    ProgressLines(Consumer<String> console, LongSupplier nanos) {
        this.console = console;
        this.nanos = nanos;
        this.lastLine = nanos.getAsLong();
    }

    @Override
    public void accept(double perCent) {
        long now = nanos.getAsLong();
        if (now - lastLine >= BETWEEN_LINES.toNanos()) {
            lastLine = now;
            console.accept((long) perCent + " %");
        }
    }
}
