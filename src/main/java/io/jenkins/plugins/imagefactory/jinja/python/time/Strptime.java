package io.jenkins.plugins.imagefactory.jinja.python.time;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time as Python's
 * <a href="https://docs.python.org/3/library/datetime.html#strftime-and-strptime-behavior">datetime.strptime</a> does.
 */
public final class Strptime {
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final int LETTERS_OF_SHORT_NAMES = 3;
    private static final String DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('d', "3[01]|[12][0-9]|0[1-9]|[1-9]| [1-9]"),
            Map.entry('f', "[0-9]{1,6}"),
            Map.entry('H', "2[0-3]|[01][0-9]|[0-9]"),
            Map.entry('I', "1[0-2]|0[1-9]|[1-9]"),
            Map.entry('j', "36[0-6]|3[0-5][0-9]|[12][0-9]{2}|0[1-9][0-9]|00[1-9]|[1-9][0-9]|0[1-9]|[1-9]"),
            Map.entry('m', "1[0-2]|0[1-9]|[1-9]"),
            Map.entry('M', "[0-5][0-9]|[0-9]"),
            Map.entry('S', "6[01]|[0-5][0-9]|[0-9]"),
            Map.entry('y', "[0-9]{2}"),
            Map.entry('Y', "[0-9]{4}"),
            Map.entry('p', "am|pm"),
            Map.entry('A', DAYS),
            Map.entry('a', DAYS.replaceAll("([a-z]{3})[a-z]*", "$1")),
            Map.entry('B', String.join("|", MONTHS)),
            Map.entry('b', String.join("|", MONTHS).replaceAll("([a-z]{3})[a-z]*", "$1")));
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_SHORT_YEAR = 68;

    private final Map<Character, String> found = new HashMap<>();

    private Strptime() {}

    /** @throws TemplateException when the text is not written so, or is no time */
    public static PythonDateTime read(String text, String format) {
        Strptime reader = new Strptime();
        Matcher matcher = reader.pattern(format).matcher(text);
        if (!matcher.matches()) {
            throw new TemplateException("'" + text + "' is no time of the form '" + format + "'");
        }
        reader.found.replaceAll((directive, group) -> matcher.group(group).strip());
        try {
            return new PythonDateTime(LocalDateTime.of(reader.day(), reader.time()));
        } catch (DateTimeException e) {
            throw new TemplateException("'" + text + "' is no day of the calendar or no time of a day");
        }
    }

    /** With a group for each directive, as {@code found} names them. */
    private Pattern pattern(String format) {
        StringBuilder pattern = new StringBuilder();
        String expanded =
                format.replace("%X", "%H:%M:%S").replace("%x", "%m/%d/%y").replace("%c", "%a %b %d %H:%M:%S %Y");
        for (int i = 0; i < expanded.length(); i++) {
            char c = expanded.charAt(i);
            if (Character.isWhitespace(c)) {
                pattern.append(pattern.toString().endsWith("\\s+") ? "" : "\\s+");
            } else if (c != '%') {
                pattern.append(Pattern.quote(Character.toString(c)));
            } else {
                pattern.append(directive(++i < expanded.length() ? expanded.charAt(i) : 0, format));
            }
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE);
    }

    private String directive(char directive, String format) {
        if (directive == '%') {
            return "%";
        }
        String pattern = PATTERNS.get(directive);
        if (pattern == null) {
            throw new TemplateException(
                    "to_datetime cannot read the directive '%" + directive + "' of '" + format + "'");
        }
        String group = "d" + (int) directive;
        if (found.put(directive, group) != null) {
            throw new TemplateException("the directive '%" + directive + "' stands twice in '" + format + "'");
        }
        return "(?<" + group + ">" + pattern + ")";
    }

    private int number(char directive, int standard) {
        String digits = found.get(directive);
        return digits == null ? standard : Integer.parseInt(digits);
    }

    private LocalDate day() {
        int year = number('Y', FIRST_YEAR);
        if (found.containsKey('y')) {
            int last = number('y', 0);
            year = last <= LAST_SHORT_YEAR ? 2000 + last : FIRST_YEAR + last;
        }
        if (found.containsKey('j') && !found.containsKey('d')) {
            return LocalDate.ofYearDay(year, number('j', 1));
        }
        return LocalDate.of(year, month(), number('d', 1));
    }

    private int month() {
        String name = found.getOrDefault('B', found.get('b'));
        if (name == null) {
            return number('m', 1);
        }
        String start = name.toLowerCase(Locale.ROOT).substring(0, LETTERS_OF_SHORT_NAMES);
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).startsWith(start)) {
                return i + 1;
            }
        }
        throw new IllegalStateException(name);
    }

    private LocalTime time() {
        int hour = number('H', 0);
        if (found.containsKey('I')) {
            boolean afternoon = "pm".equalsIgnoreCase(found.get('p'));
            hour = number('I', 0) % 12 + (afternoon ? 12 : 0);
            if (!found.containsKey('p')) {
                hour = number('I', 0);
            }
        }
        String fraction = found.getOrDefault('f', "0");
        int micros = Integer.parseInt(fraction + "0".repeat(6 - fraction.length()));
        return LocalTime.of(hour, number('M', 0), number('S', 0), micros * 1000);
    }
}
