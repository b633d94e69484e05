package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.TextSearch;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import java.util.Collections;
import java.util.List;

/** Python's methods that look for a string in another. */
final class StringSearch {
    private StringSearch() {}

    static void define(Functions methods) {
        methods.define("count(self, sub, start=None, end=None, /)", (f, a) -> {
                    String part = StringMethods.string(a[1]);
                    String text = within(StringMethods.text(a[0]), a[2], a[3]);
                    if (text == null) {
                        return 0L;
                    }
                    if (part.isEmpty()) {
                        return PythonText.length(text) + 1L;
                    }
                    long count = 0;
                    for (int i = TextSearch.first(text, part, 0);
                            i >= 0;
                            i = TextSearch.first(text, part, i + part.length())) {
                        count++;
                    }
                    return count;
                })
                .define("find(self, sub, start=None, end=None, /)", (f, a) -> find(a, false))
                .define("rfind(self, sub, start=None, end=None, /)", (f, a) -> find(a, true))
                .define("index(self, sub, start=None, end=None, /)", (f, a) -> found(find(a, false)))
                .define("rindex(self, sub, start=None, end=None, /)", (f, a) -> found(find(a, true)))
                .define("startswith(self, prefix, start=None, end=None, /)", (f, a) -> affixed(a, true))
                .define("endswith(self, suffix, start=None, end=None, /)", (f, a) -> affixed(a, false));
    }

    /** The part that start and end leave, or null when the start lies behind the end. */
    private static String within(String text, Object start, Object end) {
        int length = PythonText.length(text);
        int from = bound(start, length, 0);
        int to = Math.min(length, bound(end, length, length));
        return from > to ? null : PythonText.slice(text, from, to);
    }

    private static int bound(Object value, int length, int standard) {
        if (value == null) {
            return standard;
        }
        int index = Numbers.toInt(value, "an index");
        return index < 0 ? Math.max(0, index + length) : index;
    }

    private static Object find(Object[] a, boolean last) {
        String part = StringMethods.string(a[1]);
        String text = within(StringMethods.text(a[0]), a[2], a[3]);
        int at =
                text == null ? -1 : last ? TextSearch.last(text, part, text.length()) : TextSearch.first(text, part, 0);
        return at < 0
                ? -1L
                : (long) text.codePointCount(0, at) + bound(a[2], PythonText.length(StringMethods.text(a[0])), 0);
    }

    private static Object found(Object index) {
        if (index.equals(-1L)) {
            throw new TemplateException("the substring is not there");
        }
        return index;
    }

    private static boolean affixed(Object[] a, boolean start) {
        List<Object> affixes = a[1] instanceof Tuple tuple ? tuple.items() : Collections.singletonList(a[1]);
        String text = within(StringMethods.text(a[0]), a[2], a[3]);
        boolean matches = false;
        for (Object affix : affixes) {
            String written = StringMethods.string(affix);
            matches |= text != null && (start ? text.startsWith(written) : text.endsWith(written));
        }
        return matches;
    }
}
