package io.jenkins.plugins.imagefactory.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** The methods of Python's str. On Markup they give Markup where they change the text. */
final class StringMethods {
    private StringMethods() {}

    static Map<String, Function> all() {
        Functions methods = new Functions();
        define(methods);
        searches(methods);
        predicates(methods);
        splits(methods);
        return methods.toMap();
    }

    /** The string, as Markup when {@code like} is. */
    static Object like(Object like, String text) {
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
                .define("center(self, width, fillchar=' ', /)", (f, a) -> like(a[0], padded(f, a, Side.BOTH)))
                .define("ljust(self, width, fillchar=' ', /)", (f, a) -> like(a[0], padded(f, a, Side.RIGHT)))
                .define("rjust(self, width, fillchar=' ', /)", (f, a) -> like(a[0], padded(f, a, Side.LEFT)))
                .define("zfill(self, width, /)", (f, a) -> like(a[0], zfill(f, text(a[0]), a[1])))
                .define("expandtabs(self, tabsize=8)", (f, a) -> like(a[0], expandtabs(f, text(a[0]), a[1])))
                .define("translate(self, table, /)", (f, a) -> like(a[0], translate(f, text(a[0]), a[1])))
                .define("replace(self, old, new, count=-1, /)", (f, a) -> replace(f, a[0], a[1], a[2], a[3]))
                .define("removeprefix(self, prefix, /)", (f, a) -> removeprefix(text(a[0]), string(a[1])))
                .define("removesuffix(self, suffix, /)", (f, a) -> removesuffix(text(a[0]), string(a[1])))
                .define("join(self, iterable, /)", (f, a) -> join(f, a[0], a[1]))
                .define(
                        "format(self, /, *args, **kwargs)",
                        (f, a) -> PythonFormat.format(f, a[0], (List<?>) a[1], (Dict) a[2]))
                .define("format_map(self, mapping, /)", (f, a) -> {
                    if (a[1] instanceof Dict names) {
                        return PythonFormat.format(f, a[0], List.of(), names);
                    }
                    throw new TemplateException("format_map() needs a dict, not a " + Types.name(a[1]));
                });
    }

    private static void searches(Functions methods) {
        methods.define("count(self, sub, start=None, end=None, /)", (f, a) -> {
                    String part = string(a[1]);
                    String text = within(text(a[0]), a[2], a[3]);
                    if (text == null) {
                        return 0L;
                    }
                    if (part.isEmpty()) {
                        return PythonText.length(text) + 1L;
                    }
                    long count = 0;
                    for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + part.length())) {
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

    private static void predicates(Functions methods) {
        predicate(methods, "isalnum", c -> Character.isLetter(c) || isNumeric(c));
        predicate(methods, "isalpha", Character::isLetter);
        predicate(methods, "isdecimal", Character::isDigit);
        predicate(methods, "isdigit", c -> Character.isDigit(c) || isSuperscript(c));
        predicate(methods, "isnumeric", StringMethods::isNumeric);
        predicate(methods, "isspace", PythonText::isSpace);
        methods.define("isascii(self, /)", (f, a) -> text(a[0]).chars().allMatch(c -> c < 128))
                .define(
                        "isprintable(self, /)",
                        (f, a) -> text(a[0]).codePoints().allMatch(PythonText::isPrintable))
                .define("isidentifier(self, /)", (f, a) -> isIdentifier(text(a[0])))
                .define("islower(self, /)", (f, a) -> isCase(text(a[0]), true))
                .define("isupper(self, /)", (f, a) -> isCase(text(a[0]), false))
                .define("istitle(self, /)", (f, a) -> isTitle(text(a[0])));
    }

    private static void predicate(Functions methods, String name, IntPredicate holds) {
        methods.define(
                name + "(self, /)",
                (f, a) -> !text(a[0]).isEmpty() && text(a[0]).codePoints().allMatch(holds));
    }

    private static void splits(Functions methods) {
        methods.define("split(self, sep=None, maxsplit=-1)", (f, a) -> alike(f, a[0], split(text(a[0]), a[1], a[2])))
                .define("rsplit(self, sep=None, maxsplit=-1)", (f, a) -> alike(f, a[0], rsplit(text(a[0]), a[1], a[2])))
                .define(
                        "splitlines(self, keepends=False)",
                        (f, a) -> alike(f, a[0], splitlines(text(a[0]), Operators.truth(a[1]))))
                .define(
                        "partition(self, sep, /)",
                        (f, a) -> partition(a, text(a[0]).indexOf(separator(a[1])), false))
                .define(
                        "rpartition(self, sep, /)",
                        (f, a) -> partition(a, text(a[0]).lastIndexOf(separator(a[1])), true));
    }

    private static String text(Object self) {
        return self.toString();
    }

    private static String string(Object value) {
        if (!Types.isString(value)) {
            throw new TemplateException("a string method needs a string here, not a " + Types.name(value));
        }
        return value.toString();
    }

    private static String chars(Object value) {
        return value == null ? null : string(value);
    }

    private static List<Object> alike(Frame frame, Object self, List<Object> parts) {
        frame.grow(parts.size());
        if (self instanceof Markup) {
            parts.replaceAll(part -> new Markup((String) part));
        }
        return parts;
    }

    private static boolean isSuperscript(int c) {
        return c == 0xb2
                || c == 0xb3
                || c == 0xb9
                || c == 0x2070
                || c >= 0x2074 && c <= 0x2079
                || c >= 0x2080 && c <= 0x2089;
    }

    private static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static boolean isIdentifier(String text) {
        if (text.isEmpty()) {
            return false;
        }
        int first = text.codePointAt(0);
        return (first == '_' || Character.isUnicodeIdentifierStart(first))
                && text.codePoints()
                        .skip(1)
                        .allMatch(c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private static boolean isCase(String text, boolean lower) {
        boolean any = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (lower
                    ? Character.isUpperCase(c) || Character.isTitleCase(c)
                    : Character.isLowerCase(c) || Character.isTitleCase(c)) {
                return false;
            }
            any |= lower ? Character.isLowerCase(c) : Character.isUpperCase(c);
        }
        return any;
    }

    private static boolean isTitle(String text) {
        boolean any = false;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean upper = Character.isUpperCase(c) || Character.isTitleCase(c);
            boolean lower = Character.isLowerCase(c);
            if (upper && inWord || lower && !inWord) {
                return false;
            }
            inWord = upper || lower;
            any |= inWord;
        }
        return any;
    }

    private static String swapcase(String text) {
        StringBuilder swapped = new StringBuilder();
        text.codePoints()
                .forEach(c -> swapped.append(
                        Character.isUpperCase(c)
                                ? PythonText.lower(Character.toString(c))
                                : PythonText.upper(Character.toString(c))));
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

    private static String padded(Frame frame, Object[] a, Side side) {
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
        frame.characters(width, fill.length());
        int left = switch (side) {
            case LEFT -> missing;
            case RIGHT -> 0;
            case BOTH -> missing / 2 + (missing & width & 1);
        };
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    private static String zfill(Frame frame, String text, Object width) {
        int missing = Numbers.toInt(width, "a width") - PythonText.length(text);
        if (missing <= 0) {
            return text;
        }
        frame.characters(missing, 1);
        boolean signed = text.startsWith("+") || text.startsWith("-");
        return signed ? text.charAt(0) + "0".repeat(missing) + text.substring(1) : "0".repeat(missing) + text;
    }

    /** The table has texts, code points or None by code point. */
    private static String translate(Frame frame, String text, Object table) {
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
        frame.characters(translated.length(), 1);
        return translated.toString();
    }

    private static String expandtabs(Frame frame, String text, Object tabsize) {
        int size = Numbers.toInt(tabsize, "a tab size");
        frame.characters(text.length(), Math.max(1, size));
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
    static Object replace(Frame frame, Object self, Object old, Object replacement, Object count) {
        boolean markup = self instanceof Markup;
        String text = text(self);
        String from = markup ? Markup.escape(requireString(old)).text() : string(old);
        String to = markup ? Markup.escape(requireString(replacement)).text() : string(replacement);
        int most = Numbers.toInt(count, "a count");
        return like(self, replaced(frame, text, from, to, most < 0 ? Integer.MAX_VALUE : most));
    }

    private static Object requireString(Object value) {
        string(value);
        return value;
    }

    private static String replaced(Frame frame, String text, String from, String to, int most) {
        StringBuilder replaced = new StringBuilder();
        int done = 0;
        int position = 0;
        while (done < most) {
            int at = text.indexOf(from, position);
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
            if (replaced.length() > frame.render.limits.outputCharacters()) {
                break;
            }
        }
        if (position < text.length()) {
            replaced.append(text, position, text.length());
        }
        frame.characters(replaced.length(), 1);
        return replaced.toString();
    }

    private static String removeprefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String removesuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static Object join(Frame frame, Object self, Object iterable) {
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
            if (joined.length() > frame.render.limits.outputCharacters()) {
                break;
            }
        }
        frame.characters(joined.length(), 1);
        return like(self, joined.toString());
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
        String part = string(a[1]);
        String text = within(text(a[0]), a[2], a[3]);
        int at = text == null ? -1 : last ? text.lastIndexOf(part) : text.indexOf(part);
        return at < 0 ? -1L : (long) text.codePointCount(0, at) + bound(a[2], PythonText.length(text(a[0])), 0);
    }

    private static Object found(Object index) {
        if (index.equals(-1L)) {
            throw new TemplateException("the substring is not there");
        }
        return index;
    }

    private static boolean affixed(Object[] a, boolean start) {
        List<Object> affixes = a[1] instanceof Tuple tuple ? tuple.items() : Collections.singletonList(a[1]);
        String text = within(text(a[0]), a[2], a[3]);
        boolean matches = false;
        for (Object affix : affixes) {
            String written = string(affix);
            matches |= text != null && (start ? text.startsWith(written) : text.endsWith(written));
        }
        return matches;
    }

    private static String separator(Object value) {
        String separator = string(value);
        if (separator.isEmpty()) {
            throw new TemplateException("the separator is empty");
        }
        return separator;
    }

    private static Tuple partition(Object[] a, int at, boolean last) {
        String text = text(a[0]);
        String separator = string(a[1]);
        if (at < 0) {
            Object whole = like(a[0], text);
            Object empty = like(a[0], "");
            return last ? Tuple.of(empty, empty, whole) : Tuple.of(whole, empty, empty);
        }
        return Tuple.of(
                like(a[0], text.substring(0, at)),
                like(a[0], separator),
                like(a[0], text.substring(at + separator.length())));
    }

    static List<Object> split(String text, Object separator, Object maxsplit) {
        int most = maxsplit(maxsplit);
        if (separator == null) {
            return splitOnSpace(text, most);
        }
        String written = separator(separator);
        List<Object> parts = new ArrayList<>();
        int position = 0;
        for (int at = text.indexOf(written); at >= 0 && parts.size() < most; at = text.indexOf(written, position)) {
            parts.add(text.substring(position, at));
            position = at + written.length();
        }
        parts.add(text.substring(position));
        return parts;
    }

    private static int maxsplit(Object value) {
        int most = Numbers.toInt(value, "maxsplit");
        return most < 0 ? Integer.MAX_VALUE : most;
    }

    private static List<Object> splitOnSpace(String text, int most) {
        List<Object> parts = new ArrayList<>();
        String rest = PythonText.stripStart(text, null);
        while (!rest.isEmpty()) {
            if (parts.size() == most) {
                parts.add(rest);
                break;
            }
            int end = 0;
            while (end < rest.length() && !PythonText.isSpace(rest.charAt(end))) {
                end++;
            }
            parts.add(rest.substring(0, end));
            rest = PythonText.stripStart(rest.substring(end), null);
        }
        return parts;
    }

    private static List<Object> rsplit(String text, Object separator, Object maxsplit) {
        int most = maxsplit(maxsplit);
        List<Object> parts = new ArrayList<>();
        if (separator == null) {
            String rest = PythonText.stripEnd(text, null);
            while (!rest.isEmpty()) {
                if (parts.size() == most) {
                    parts.add(rest);
                    break;
                }
                int start = rest.length();
                while (start > 0 && !PythonText.isSpace(rest.charAt(start - 1))) {
                    start--;
                }
                parts.add(rest.substring(start));
                rest = PythonText.stripEnd(rest.substring(0, start), null);
            }
        } else {
            String written = separator(separator);
            int end = text.length();
            for (int at = text.lastIndexOf(written);
                    at >= 0 && parts.size() < most;
                    at = at == 0 ? -1 : text.lastIndexOf(written, at - written.length())) {
                if (at + written.length() > end) {
                    continue;
                }
                parts.add(text.substring(at + written.length(), end));
                end = at;
            }
            parts.add(text.substring(0, end));
        }
        Collections.reverse(parts);
        return parts;
    }

    static List<Object> splitlines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!PythonText.isLineEnd(text.charAt(i))) {
                continue;
            }
            boolean both = text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            int next = both ? i + 2 : i + 1;
            lines.add(text.substring(start, keepEnds ? next : i));
            start = next;
            i = next - 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}
