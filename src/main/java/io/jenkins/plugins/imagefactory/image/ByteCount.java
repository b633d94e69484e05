package io.jenkins.plugins.imagefactory.image;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class ByteCount {
    private ByteCount() {}

    /** Such as {@code 1.4 GiB}. */
    public static String text(long count) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = count;
        int unit = 0;
        for (; value >= 1024 && unit < units.length - 1; unit++) {
            value /= 1024;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
