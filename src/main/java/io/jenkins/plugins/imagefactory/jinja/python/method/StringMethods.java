package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.TextSearch;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.List;
import java.util.Map;

/** The methods of Python's str. On Markup they give Markup where they change the text. */
public final class StringMethods {
    private StringMethods() {}

    static Map<String, Function> all() {
        Functions methods = new Functions();
        define(methods);
        StringSearch.define(methods);
        StringPredicates.define(methods);
        StringSplitting.define(methods);
        return methods.toMap();
    }

    /** The string, which was made, as Markup when {@code like} is. */
    public static Object like(Object like, String text) {
        Budget.current().text(text);
        return like instanceof Markup ? new Markup(text) : text;
    }

    private static void define(Functions methods) {
        methods.define("capitalize(self, /)", (f, a) -> like(a[0], PythonText.capitalize(text(a[0]))))
                .define("casefold(self, /)", (f, a) -> like(a[0], PythonText.lower(PythonText.upper(text(a[0])))))
                .define("lower(self, /)", (f, a) -> like(a[0], PythonText.lower(text(a[0]))))
                .define("upper(self, /)", (f, a) -> like(a[0], PythonText.upper(text(a[0]))))
                .define("swapcase(self, /)", (f, a) -> like(a[0], swapcase(text(a[0]))))
                .define("title(self, /)", (f, a) -> like(a[0], title(text(a[0]))))
                .define("strip(self, chars=None, /)", (f, a) -> like(a[0], PythonText.strip(text(a[0]), chars(a[1]))))
                .define(
                        "lstrip(self, chars=None, /)",
                        (f, a) -> like(a[0], PythonText.stripStart(text(a[0]), chars(a[1]))))
                .define(
                        "rstrip(self, chars=None, /)",
                        (f, a) -> like(a[0], PythonText.stripEnd(text(a[0]), chars(a[1]))))
                .define("center(self, width, fillchar=' ', /)", (f, a) -> like(a[0], padded(f.budget(), a, Side.BOTH)))
                .define("ljust(self, width, fillchar=' ', /)", (f, a) -> like(a[0], padded(f.budget(), a, Side.RIGHT)))
                .define("rjust(self, width, fillchar=' ', /)", (f, a) -> like(a[0], padded(f.budget(), a, Side.LEFT)))
                .define("zfill(self, width, /)", (f, a) -> like(a[0], zfill(f.budget(), text(a[0]), a[1])))
                .define("expandtabs(self, tabsize=8)", (f, a) -> like(a[0], expandtabs(f.budget(), text(a[0]), a[1])))
                .define("translate(self, table, /)", (f, a) -> like(a[0], translate(f.budget(), text(a[0]), a[1])))
                .define("replace(self, old, new, count=-1, /)", (f, a) -> replace(f.budget(), a[0], a[1], a[2], a[3]))
                .define("removeprefix(self, prefix, /)", (f, a) -> removeprefix(text(a[0]), string(a[1])))
                .define("removesuffix(self, suffix, /)", (f, a) -> removesuffix(text(a[0]), string(a[1])))
                .define("join(self, iterable, /)", (f, a) -> join(f.budget(), a[0], a[1]))
                .define(
                        "format(self, /, *args, **kwargs)",
                        (f, a) -> BraceFormat.format(f.budget(), a[0], (List<?>) a[1], (Dict) a[2]))
                .define("format_map(self, mapping, /)", (f, a) -> {
                    if (a[1] instanceof Dict names) {
                        return BraceFormat.format(f.budget(), a[0], List.of(), names);
                    }
                    throw new TemplateException("format_map() needs a dict, not a " + Types.name(a[1]));
                });
    }

    static String text(Object self) {
        return self.toString();
    }

    static String string(Object value) {
        if (!Types.isString(value)) {
            throw new TemplateException("a string method needs a string here, not a " + Types.name(value));
        }
        return value.toString();
    }

    private static String chars(Object value) {
        return value == null ? null : string(value);
    }

    private static String swapcase(String text) {
        StringBuilder swapped = new StringBuilder();
        text.codePoints().forEach(c -> {
            String character = Character.toString(c);
            swapped.append(
                    Character.isUpperCase(c)
                            ? PythonText.lower(character)
                            : Character.isLowerCase(c) ? PythonText.upper(character) : character);
        });
        return swapped.toString();
    }

    private static String title(String text) {
        StringBuilder titled = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            titled.append(inWord ? PythonText.lower(Character.toString(c)) : PythonText.titled(c));
            inWord = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
        }
        return titled.toString();
    }

    private enum Side {
        LEFT,
        RIGHT,
        BOTH
    }

    private static String padded(Budget budget, Object[] a, Side side) {
        String text = text(a[0]);
        int width = Numbers.toInt(a[1], "a width");
        String fill = string(a[2]);
        if (PythonText.length(fill) != 1) {
            throw new TemplateException("the fill character must be exactly one character long");
        }
        int length = PythonText.length(text);
        int missing = width - length;
        if (missing <= 0) {
            return text;
        }
        budget.room(Limits.product(width, fill.length()));
        int left = switch (side) {
            case LEFT -> missing;
            case RIGHT -> 0;
            case BOTH -> missing / 2 + (missing & width & 1);
        };
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    private static String zfill(Budget budget, String text, Object width) {
        int missing = Numbers.toInt(width, "a width") - PythonText.length(text);
        if (missing <= 0) {
            return text;
        }
        budget.room((long) missing + text.length());
        boolean signed = text.startsWith("+") || text.startsWith("-");
        return signed ? text.charAt(0) + "0".repeat(missing) + text.substring(1) : "0".repeat(missing) + text;
    }

    /** The table has texts, code points or None by code point. */
    private static String translate(Budget budget, String text, Object table) {
        if (!(table instanceof Dict dict)) {
            throw new TemplateException("translate() needs a dict, not a " + Types.name(table));
        }
        StringBuilder translated = new StringBuilder();
        text.codePoints().forEach(character -> {
            Object key = (long) character;
            Object value = dict.has(key) ? dict.get(key) : key;
            if (Types.isInteger(value)) {
                translated.appendCodePoint(Numbers.toInt(value, "a code point"));
            } else if (value != null) {
                translated.append(string(value));
            }
        });
        return translated.toString();
    }

    private static String expandtabs(Budget budget, String text, Object tabsize) {
        int size = Numbers.toInt(tabsize, "a tab size");
        budget.room(Limits.product(text.length(), Math.max(1, size)));
        StringBuilder expanded = new StringBuilder();
        int column = 0;
        for (char c : text.toCharArray()) {
            if (c == '\t') {
                int blanks = size <= 0 ? 0 : size - column % size;
                expanded.append(" ".repeat(blanks));
                column += blanks;
            } else {
                expanded.append(c);
                column = c == '\n' || c == '\r' ? 0 : column + (Character.isLowSurrogate(c) ? 0 : 1);
            }
        }
        return expanded.toString();
    }

    /** @param count of replacements at most, negative for all */
    public static Object replace(Budget budget, Object self, Object old, Object replacement, Object count) {
        boolean markup = self instanceof Markup;
        String text = text(self);
        String from = markup ? Markup.escape(requireString(old)).text() : string(old);
        String to = markup ? Markup.escape(requireString(replacement)).text() : string(replacement);
        int most = Numbers.toInt(count, "a count");
        return like(self, replaced(budget, text, from, to, most < 0 ? Integer.MAX_VALUE : most));
    }

    private static Object requireString(Object value) {
        string(value);
        return value;
    }

    private static String replaced(Budget budget, String text, String from, String to, int most) {
        StringBuilder replaced = new StringBuilder();
        int done = 0;
        int position = 0;
        while (done < most) {
            int at = TextSearch.first(text, from, position);
            if (at < 0) {
                break;
            }
            if (from.isEmpty()) {
                replaced.append(to);
                done++;
                if (position == text.length()) {
                    break;
                }
                int next = text.offsetByCodePoints(position, 1);
                replaced.append(text, position, next);
                position = next;
            } else {
                replaced.append(text, position, at).append(to);
                position = at + from.length();
                done++;
            }
            budget.room(replaced.length());
            budget.tick();
        }
        if (position < text.length()) {
            replaced.append(text, position, text.length());
        }
        return replaced.toString();
    }

    private static String removeprefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String removesuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static Object join(Budget budget, Object self, Object iterable) {
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        boolean markup = self instanceof Markup;
        for (Object part : Iteration.of(iterable)) {
            if (!Types.isString(part) && !markup) {
                if (part instanceof Undefined undefined) {
                    throw undefined.failure();
                }
                throw new TemplateException("join() needs strings, but one element is a " + Types.name(part));
            }
            joined.append(first ? "" : text(self))
                    .append(markup ? Markup.escape(part).text() : part);
            first = false;
            budget.room(joined.length());
            budget.tick();
        }
        return like(self, joined.toString());
    }
}
