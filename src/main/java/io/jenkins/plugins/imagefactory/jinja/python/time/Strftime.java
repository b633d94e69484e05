package io.jenkins.plugins.imagefactory.jinja.python.time;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Writes a time as the C library's <a href="https://man7.org/linux/man-pages/man3/strftime.3.html">strftime</a> does, in the
 * locale C.
 */
public final class Strftime {
    private static final String FLAGS = "_-0^#";
    private static final int LONGEST_WIDTH = 6;

    private final LocalDateTime time;
    private final ZonedDateTime zoned;
    private final boolean micros;

    private Strftime(LocalDateTime time, @CheckForNull ZonedDateTime zoned, boolean micros) {
        this.time = time;
        this.zoned = zoned;
        this.micros = micros;
    }

    /** As {@code datetime.strftime}: without a time zone, with microseconds. */
    static Strftime of(LocalDateTime time) {
        return new Strftime(time, null, true);
    }

    /** As {@code time.strftime}: with a time zone, without microseconds. */
    public static Strftime of(ZonedDateTime time) {
        return new Strftime(time.toLocalDateTime(), time, false);
    }

    /** The format with its directives replaced; what is none stays as it is. */
    public String formatted(String format) {
        StringBuilder out = new StringBuilder();
        int position = 0;
        while (position < format.length()) {
            int percent = format.indexOf('%', position);
            if (percent < 0) {
                break;
            }
            out.append(format, position, percent);
            position = directive(format, percent, out);
            Budget.current().room(out.length());
        }
        return out.append(format, position, format.length()).toString();
    }

    /** Appends what the directive at this place stands for, and tells where it ends. */
    private int directive(String format, int start, StringBuilder out) {
        int i = start + 1;
        char pad = 0;
        boolean upper = false;
        boolean swapped = false;
        while (i < format.length() && FLAGS.indexOf(format.charAt(i)) >= 0) {
            char flag = format.charAt(i++);
            upper |= flag == '^';
            swapped |= flag == '#';
            pad = flag == '^' || flag == '#' ? pad : flag;
        }
        int digits = i;
        while (i < format.length() && format.charAt(i) >= '0' && format.charAt(i) <= '9') {
            i++;
        }
        int width = i == digits || i - digits > LONGEST_WIDTH ? -1 : Integer.parseInt(format.substring(digits, i));
        if (i < format.length() && (format.charAt(i) == 'E' || format.charAt(i) == 'O')) {
            i++;
        }
        String written = i < format.length() ? written(format.charAt(i), pad, width) : null;
        if (written == null) {
            int end = Math.min(i + 1, format.length());
            out.append(text(format.substring(start, end), pad, width));
            return end;
        }
        boolean lower = swapped && (format.charAt(i) == 'p' || format.charAt(i) == 'Z');
        out.append(
                upper || swapped && !lower ? PythonText.upper(written) : lower ? PythonText.lower(written) : written);
        return i + 1;
    }

    @CheckForNull
    private String written(char directive, char pad, int width) {
        String composed = composed(directive);
        if (composed != null) {
            return text(formatted(composed), pad, width);
        }
        return switch (directive) {
            case 'a' -> text(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT), pad, width);
            case 'A' -> text(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), pad, width);
            case 'b', 'h' -> text(month(TextStyle.SHORT), pad, width);
            case 'B' -> text(month(TextStyle.FULL), pad, width);
            case 'p' -> text(time.getHour() < 12 ? "AM" : "PM", pad, width);
            case 'P' -> text(time.getHour() < 12 ? "am" : "pm", pad, width);
            case 'n' -> text("\n", pad, width);
            case 't' -> text("\t", pad, width);
            case '%' -> text("%", pad, width);
            case 'z' -> zoned == null ? "" : DateTimeFormatter.ofPattern("xx").format(zoned);
            case 'Z' -> zoned == null ? "" : text(zoneName(), pad, width);
            case 'f' -> micros ? number(time.getNano() / 1000, '0', 6, pad, width) : null;
            case 'C' -> number(time.getYear() / 100, '0', 2, pad, width);
            case 'd' -> number(time.getDayOfMonth(), '0', 2, pad, width);
            case 'e' -> number(time.getDayOfMonth(), '_', 2, pad, width);
            case 'g' -> number(time.get(IsoFields.WEEK_BASED_YEAR) % 100, '0', 2, pad, width);
            case 'G' -> number(time.get(IsoFields.WEEK_BASED_YEAR), '0', 1, pad, width);
            case 'H' -> number(time.getHour(), '0', 2, pad, width);
            case 'I' -> number((time.getHour() + 11) % 12 + 1, '0', 2, pad, width);
            case 'j' -> number(time.getDayOfYear(), '0', 3, pad, width);
            case 'k' -> number(time.getHour(), '_', 2, pad, width);
            case 'l' -> number((time.getHour() + 11) % 12 + 1, '_', 2, pad, width);
            case 'm' -> number(time.getMonthValue(), '0', 2, pad, width);
            case 'M' -> number(time.getMinute(), '0', 2, pad, width);
            case 's' -> number(epoch(), '0', 1, pad, width);
            case 'S' -> number(time.getSecond(), '0', 2, pad, width);
            case 'u' -> number(time.getDayOfWeek().getValue(), '0', 1, pad, width);
            case 'U' -> number((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7, '0', 2, pad, width);
            case 'V' -> number(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), '0', 2, pad, width);
            case 'w' -> number(time.getDayOfWeek().getValue() % 7, '0', 1, pad, width);
            case 'W' -> number((time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7, '0', 2, pad, width);
            case 'y' -> number(time.getYear() % 100, '0', 2, pad, width);
            case 'Y' -> number(time.getYear(), '0', 1, pad, width);
            default -> null;
        };
    }

    private String month(TextStyle style) {
        return time.getMonth().getDisplayName(style, Locale.ENGLISH);
    }

    @CheckForNull
    private static String composed(char directive) {
        return switch (directive) {
            case 'c' -> "%a %b %e %H:%M:%S %Y";
            case 'D', 'x' -> "%m/%d/%y";
            case 'F' -> "%Y-%m-%d";
            case 'r' -> "%I:%M:%S %p";
            case 'R' -> "%H:%M";
            case 'T', 'X' -> "%H:%M:%S";
            default -> null;
        };
    }

    private String zoneName() {
        return zoned.getZone() == ZoneOffset.UTC
                ? "GMT"
                : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(zoned);
    }

    private long epoch() {
        return (zoned == null ? time.atZone(ZoneId.systemDefault()) : zoned).toEpochSecond();
    }

    private static String text(String text, char pad, int width) {
        return padding(pad == '0' ? "0" : " ", width - text.length()) + text;
    }

    private static String number(long value, char standard, int digits, char pad, int width) {
        char padded = pad == 0 ? standard : pad;
        String text = Long.toString(value);
        int wanted = Math.max(width, padded == '-' ? 0 : digits);
        return padding(padded == '0' ? "0" : " ", wanted - text.length()) + text;
    }

    private static String padding(String fill, int count) {
        Budget.current().room(Math.max(0, count));
        return fill.repeat(Math.max(0, count));
    }
}
