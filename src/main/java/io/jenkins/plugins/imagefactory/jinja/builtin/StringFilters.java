package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Frame;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Methods;
import io.jenkins.plugins.imagefactory.jinja.python.method.PercentFormat;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringMethods;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringSplitting;
import java.util.ArrayList;
import java.util.List;

/** Jinja2's filters that make a string of a string. */
final class StringFilters {
    private StringFilters() {}

    static void define(Functions filters) {
        filters.define("capitalize(s)", (f, a) -> method(f, "capitalize", a[0]))
                .define("lower(s)", (f, a) -> method(f, "lower", a[0]))
                .define("upper(s)", (f, a) -> method(f, "upper", a[0]))
                .define("title(s)", (f, a) -> f.budget().text(title(text(a[0]))))
                .define("trim(value, chars=None)", (f, a) -> method(f, "strip", a[0], a[1]))
                .define("center(value, width=80)", (f, a) -> method(f, "center", a[0], a[1]))
                .define("string(object)", (f, a) -> a[0] instanceof Markup ? a[0] : PythonRepr.str(a[0]))
                .define("format(value, *args, **kwargs)", StringFilters::format)
                .define("replace(s, old, new, count=None)", StringFilters::replace)
                .define("indent(s, width=4, first=False, blank=False)", StringFilters::indent)
                .define("truncate(s, length=255, killwords=False, end='...', leeway=None)", StringFilters::truncate)
                .define("wordcount(s)", (f, a) -> words(text(a[0])))
                .define(
                        "wordwrap(s, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True)",
                        TextWrap::wrap)
                .define("pprint(value)", (f, a) -> f.budget().text(PrettyPrint.of(a[0])))
                .define("urlencode(value)", (f, a) -> f.budget().text(urlencode(a[0])));
    }

    private static Object like(Object like, String text) {
        return StringMethods.like(like, text);
    }

    private static String text(Object value) {
        return PythonRepr.str(value);
    }

    /** The method of the string that the value is or becomes. */
    private static Object method(Caller caller, String name, Object value, Object... arguments) {
        Object self = value instanceof Markup ? value : text(value);
        return ((Callable) Methods.of(self, name)).call(caller, Arguments.of(arguments));
    }

    /** Words start after white space, hyphens and opening brackets. */
    private static String title(String text) {
        StringBuilder titled = new StringBuilder();
        boolean start = true;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            titled.append(start ? PythonText.upper(Character.toString(c)) : PythonText.lower(Character.toString(c)));
            start = PythonText.isSpace(c) || "-({[<".indexOf(c) >= 0;
        }
        return titled.toString();
    }

    private static Object format(Caller caller, Object[] a) {
        List<?> positional = (List<?>) a[1];
        Dict named = (Dict) a[2];
        if (!positional.isEmpty() && !named.isEmpty()) {
            throw new TemplateException("the format filter takes values either with or without names");
        }
        Object format = a[0] instanceof Markup ? a[0] : text(a[0]);
        Object values = named.isEmpty() ? new Tuple(new ArrayList<>(positional)) : named;
        return PercentFormat.format(caller.budget(), format, values);
    }

    private static Object replace(Caller caller, Object[] a) {
        boolean escapes = Frame.of(caller).autoescape();
        boolean markup = a[0] instanceof Markup || a[1] instanceof Markup || a[2] instanceof Markup;
        Object self = !escapes ? text(a[0]) : markup ? Markup.escape(a[0]) : text(a[0]);
        Object old = escapes && a[1] instanceof Markup ? a[1] : text(a[1]);
        Object by = escapes && a[2] instanceof Markup ? a[2] : text(a[2]);
        return StringMethods.replace(caller.budget(), self, old, by, a[3] == null ? -1L : a[3]);
    }

    private static Object indent(Caller caller, Object[] a) {
        String indention = Types.isString(a[1])
                ? a[1].toString()
                : " ".repeat(Math.max(0, Math.min(100_000, Numbers.toInt(a[1], "an indentation"))));
        List<Object> lines = StringSplitting.splitlines(string(a[0], "indent") + "\n", false);
        caller.budget().room(Limits.product(indention.length() + 1L, lines.size()));
        StringBuilder indented = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            boolean indents = i == 0 ? Operators.truth(a[2]) : Operators.truth(a[3]) || !line.isEmpty();
            indented.append(i == 0 ? "" : "\n").append(indents ? indention : "").append(line);
        }
        return like(a[0], indented.toString());
    }

    private static Object truncate(Caller caller, Object[] a) {
        String end = text(a[3]);
        int length = Numbers.toInt(a[1], "a length");
        int leeway = a[4] == null ? 5 : Numbers.toInt(a[4], "a leeway");
        if (length < PythonText.length(end) || leeway < 0) {
            throw new TemplateException(
                    "truncate needs a length of at least that of its end, and a leeway of at least 0");
        }
        if (Iteration.length(a[0]) <= (long) length + leeway) {
            return a[0];
        }
        String text = string(a[0], "truncate");
        String cut = PythonText.slice(text, 0, length - PythonText.length(end));
        int space = cut.lastIndexOf(' ');
        return like(a[0], (Operators.truth(a[2]) || space < 0 ? cut : cut.substring(0, space)) + end);
    }

    /** Of filters that Jinja2 gives strings only. */
    static String string(Object value, String filter) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isString(value)) {
            throw new TemplateException(filter + " needs a string, not a " + Types.name(value) + "; add | string");
        }
        return value.toString();
    }

    private static long words(String text) {
        long words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean part = c == '_' || Character.isLetterOrDigit(c);
            words += part && !inWord ? 1 : 0;
            inWord = part;
        }
        return words;
    }

    private static Object urlencode(Object value) {
        if (Types.isString(value) || !Iteration.isPossible(value)) {
            return quoted(text(value), "/", false);
        }
        List<Object> pairs = value instanceof Dict dict ? dict.items() : Iteration.of(value);
        List<String> parts = new ArrayList<>();
        for (Object pair : pairs) {
            List<Object> both = Iteration.of(pair);
            if (both.size() != 2) {
                throw new TemplateException("urlencode needs a string, a dict or pairs");
            }
            parts.add(quoted(text(both.get(0)), "", true) + "=" + quoted(text(both.get(1)), "", true));
        }
        return String.join("&", parts);
    }

    static String quoted(String text, String safe, boolean plus) {
        StringBuilder quoted = new StringBuilder();
        for (byte b : PythonText.utf8(text)) {
            Budget.current().room(quoted.length());
            char c = (char) (b & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_.-~".indexOf(c) >= 0;
            if (plain || safe.indexOf(c) >= 0) {
                quoted.append(c);
            } else if (plus && c == ' ') {
                quoted.append('+');
            } else {
                quoted.append('%').append(PythonText.upper(PythonRepr.hex("", c, 2)));
            }
        }
        return quoted.toString();
    }
}
