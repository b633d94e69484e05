package io.jenkins.plugins.imagefactory.jenkins.convert;

import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.util.function.DoubleConsumer;

/** One line in the console every few seconds for a progress that is told many times a second. */
final class ProgressLines implements DoubleConsumer {
    private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;

    private final BuildContext build;
    private long lastLine = System.nanoTime();

    ProgressLines(BuildContext build) {
        this.build = build;
    }

    @Override
    public void accept(double perCent) {
        long now = System.nanoTime();
        if (now - lastLine >= NANOS_BETWEEN_LINES) {
            lastLine = now;
            build.log(ImageConversion.SUBJECT, (long) perCent + " %");
        }
    }
}
