package io.jenkins.plugins.imagefactory.image;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class ByteCount {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final List<String> FRENCH_UNITS = List.of("o", "Kio", "Mio", "Gio", "Tio");

    private ByteCount() {}

    /** Such as {@code 1.4 GiB}, for consoles and sentences. */
    public static String text(long count) {
        return text(count, Locale.ROOT);
    }

    /** The same as those read it who speak that language: {@code 1,4 Gio}. */
    public static String text(long count, Locale locale) {
        double value = count;
        int unit = 0;
        for (; value >= 1024 && unit < UNITS.size() - 1; unit++) {
            value /= 1024;
        }
        boolean french = locale.getLanguage().equals(Locale.FRENCH.getLanguage());
        return new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(locale)).format(value) + " "
                + (french ? FRENCH_UNITS : UNITS).get(unit);
    }
}
