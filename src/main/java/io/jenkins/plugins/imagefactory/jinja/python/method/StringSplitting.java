package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.TextSearch;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Python's methods that take a string apart. */
public final class StringSplitting {
    private StringSplitting() {}

    static void define(Functions methods) {
        methods.define(
                        "split(self, sep=None, maxsplit=-1)",
                        (f, a) -> alike(a[0], split(StringMethods.text(a[0]), a[1], a[2])))
                .define(
                        "rsplit(self, sep=None, maxsplit=-1)",
                        (f, a) -> alike(a[0], rsplit(StringMethods.text(a[0]), a[1], a[2])))
                .define(
                        "splitlines(self, keepends=False)",
                        (f, a) -> alike(a[0], splitlines(StringMethods.text(a[0]), Operators.truth(a[1]))))
                .define(
                        "partition(self, sep, /)",
                        (f, a) -> partition(a, TextSearch.first(StringMethods.text(a[0]), separator(a[1]), 0), false))
                .define(
                        "rpartition(self, sep, /)",
                        (f, a) -> partition(
                                a,
                                TextSearch.last(
                                        StringMethods.text(a[0]),
                                        separator(a[1]),
                                        StringMethods.text(a[0]).length()),
                                true));
    }

    private static List<Object> alike(Object self, List<Object> parts) {
        if (self instanceof Markup) {
            parts.replaceAll(part -> new Markup((String) part));
        }
        return parts;
    }

    private static void add(List<Object> parts, String part) {
        Budget.current().elements(1);
        Budget.current().text(part);
        parts.add(part);
    }

    private static String separator(Object value) {
        String separator = StringMethods.string(value);
        if (separator.isEmpty()) {
            throw new TemplateException("the separator is empty");
        }
        return separator;
    }

    private static Tuple partition(Object[] a, int at, boolean last) {
        String text = StringMethods.text(a[0]);
        String separator = StringMethods.string(a[1]);
        if (at < 0) {
            Object whole = StringMethods.like(a[0], text);
            Object empty = StringMethods.like(a[0], "");
            return last ? Tuple.of(empty, empty, whole) : Tuple.of(whole, empty, empty);
        }
        return Tuple.of(
                StringMethods.like(a[0], text.substring(0, at)),
                StringMethods.like(a[0], separator),
                StringMethods.like(a[0], text.substring(at + separator.length())));
    }

    public static List<Object> split(String text, Object separator, Object maxsplit) {
        int most = maxsplit(maxsplit);
        if (separator == null) {
            return splitOnSpace(text, most);
        }
        String written = separator(separator);
        List<Object> parts = new ArrayList<>();
        int position = 0;
        for (int at = TextSearch.first(text, written, 0);
                at >= 0 && parts.size() < most;
                at = TextSearch.first(text, written, position)) {
            add(parts, text.substring(position, at));
            position = at + written.length();
        }
        add(parts, text.substring(position));
        return parts;
    }

    private static int maxsplit(Object value) {
        int most = Numbers.toInt(value, "maxsplit");
        return most < 0 ? Integer.MAX_VALUE : most;
    }

    private static List<Object> splitOnSpace(String text, int most) {
        List<Object> parts = new ArrayList<>();
        int position = spaceEnd(text, 0);
        while (position < text.length()) {
            if (parts.size() == most) {
                add(parts, text.substring(position));
                break;
            }
            int end = position;
            while (end < text.length() && !PythonText.isSpace(text.charAt(end))) {
                end++;
            }
            add(parts, text.substring(position, end));
            position = spaceEnd(text, end);
        }
        return parts;
    }

    private static int spaceEnd(String text, int from) {
        int end = from;
        while (end < text.length() && PythonText.isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int spaceStart(String text, int to) {
        int start = to;
        while (start > 0 && PythonText.isSpace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static List<Object> rsplit(String text, Object separator, Object maxsplit) {
        int most = maxsplit(maxsplit);
        List<Object> parts = new ArrayList<>();
        if (separator == null) {
            int end = spaceStart(text, text.length());
            while (end > 0) {
                if (parts.size() == most) {
                    add(parts, text.substring(0, end));
                    break;
                }
                int start = end;
                while (start > 0 && !PythonText.isSpace(text.charAt(start - 1))) {
                    start--;
                }
                add(parts, text.substring(start, end));
                end = spaceStart(text, start);
            }
        } else {
            String written = separator(separator);
            int end = text.length();
            for (int at = TextSearch.last(text, written, text.length());
                    at >= 0 && parts.size() < most;
                    at = at == 0 ? -1 : TextSearch.last(text, written, at - written.length())) {
                if (at + written.length() > end) {
                    continue;
                }
                add(parts, text.substring(at + written.length(), end));
                end = at;
            }
            add(parts, text.substring(0, end));
        }
        Collections.reverse(parts);
        return parts;
    }

    public static List<Object> splitlines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!PythonText.isLineEnd(text.charAt(i))) {
                continue;
            }
            boolean both = text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            int next = both ? i + 2 : i + 1;
            add(lines, text.substring(start, keepEnds ? next : i));
            start = next;
            i = next - 1;
        }
        if (start < text.length()) {
            add(lines, text.substring(start));
        }
        return lines;
    }
}
