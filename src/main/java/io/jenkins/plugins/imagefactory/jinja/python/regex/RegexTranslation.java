package io.jenkins.plugins.imagefactory.jinja.python.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a regular expression of Python's {@code re} as one of Java with the same meaning. What has no counterpart is an error.
 */
final class RegexTranslation extends RegexCharacters {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int DEEPEST = 50;

    /** What a part matches: its text in Java, and how many characters, as far as a lookbehind must know. */
    private record Part(String java, long least, long most) {}

    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> names = new HashMap<>();
    private final List<Boolean> closed = new ArrayList<>();
    private int depth;
    private boolean ignoreCase;
    private boolean multiline;
    private boolean dotAll;
    private boolean verbose;

    RegexTranslation(String pattern, boolean ignoreCase, boolean multiline) {
        super(pattern);
        this.ignoreCase = ignoreCase;
        this.multiline = multiline;
        closed.add(false);
    }

    /** The pattern for Java. */
    String translate() {
        globalFlags();
        Part all = alternatives();
        if (position < pattern.length()) {
            throw problem("unbalanced parenthesis");
        }
        return out.append(all.java).toString();
    }

    boolean ignoresCase() {
        return ignoreCase;
    }

    /** The numbers of named groups. */
    Map<String, Integer> names() {
        return names;
    }

    /** {@code (?im)} at the start holds for the whole pattern. */
    private void globalFlags() {
        while (at("(?")) {
            int end = position + 2;
            while (end < pattern.length() && "aiLmsux".indexOf(pattern.charAt(end)) >= 0) {
                end++;
            }
            if (end == position + 2 || end >= pattern.length() || pattern.charAt(end) != ')') {
                return;
            }
            for (char flag : pattern.substring(position + 2, end).toCharArray()) {
                set(flag, true);
            }
            position = end + 1;
        }
    }

    private void set(char flag, boolean value) {
        switch (flag) {
            case 'i' -> ignoreCase = value;
            case 'm' -> multiline = value;
            case 's' -> dotAll = value;
            case 'x' -> verbose = value;
            case 'u' -> {}
            default -> throw problem("the flag '" + flag + "' is not supported");
        }
    }

    private Part alternatives() {
        if (++depth > DEEPEST) {
            throw problem("groups are nested too deep");
        }
        StringBuilder java = new StringBuilder();
        Part first = sequence();
        java.append(first.java);
        long least = first.least;
        long most = first.most;
        while (skip("|")) {
            Part next = sequence();
            java.append('|').append(next.java);
            least = Math.min(least, next.least);
            most = Math.max(most, next.most);
        }
        depth--;
        return new Part(java.toString(), least, most);
    }

    private Part sequence() {
        StringBuilder java = new StringBuilder();
        long least = 0;
        long most = 0;
        while (true) {
            skipIgnored();
            if (!more() || at("|") || at(")")) {
                return new Part(java.toString(), least, most);
            }
            Part part = repeated(item());
            java.append(part.java);
            least = Math.min(UNBOUNDED, least + part.least);
            most = Math.min(UNBOUNDED, most + part.most);
        }
    }

    /** White space and comments of a verbose pattern, and {@code (?#…)}. */
    private void skipIgnored() {
        while (more()) {
            if (at("(?#")) {
                int end = pattern.indexOf(')', position);
                if (end < 0) {
                    throw problem("a comment is not closed");
                }
                position = end + 1;
            } else if (verbose && " \t\n\r\f\u000b".indexOf(pattern.charAt(position)) >= 0) {
                position++;
            } else if (verbose && at("#")) {
                int end = pattern.indexOf('\n', position);
                position = end < 0 ? pattern.length() : end + 1;
            } else {
                return;
            }
        }
    }

    private Part repeated(Part part) {
        skipIgnored();
        int start = position;
        long[] bounds = bounds();
        if (bounds == null) {
            return part;
        }
        if (part.java.isEmpty() || part.java.startsWith("\0")) {
            position = start;
            throw problem("nothing to repeat");
        }
        String quantifier = bounds[1] == UNBOUNDED ? "{" + bounds[0] + ",}" : "{" + bounds[0] + "," + bounds[1] + "}";
        skipIgnored();
        if (skip("?")) {
            quantifier += "?";
        } else if (skip("+")) {
            quantifier += "+";
        }
        int next = position;
        if (bounds() != null) {
            position = next;
            throw problem("multiple repeat");
        }
        long most =
                part.most == 0 || bounds[1] == 0 ? 0 : Math.min(UNBOUNDED, part.most * Math.min(bounds[1], 1 << 20));
        return new Part(
                "(?:" + part.java + ")" + quantifier,
                Math.min(UNBOUNDED, part.least * Math.min(bounds[0], 1 << 20)),
                bounds[1] == UNBOUNDED ? UNBOUNDED : most);
    }

    /** Of the quantifier that stands here: least and most; null when there is none. */
    private long[] bounds() {
        if (skip("*")) {
            return new long[] {0, UNBOUNDED};
        }
        if (skip("+")) {
            return new long[] {1, UNBOUNDED};
        }
        if (skip("?")) {
            return new long[] {0, 1};
        }
        if (!at("{")) {
            return null;
        }
        int end = pattern.indexOf('}', position);
        String inside = end < 0 ? "" : pattern.substring(position + 1, end);
        if (!inside.matches("[0-9]+|[0-9]*,[0-9]*") || inside.isEmpty()) {
            return null;
        }
        String[] parts = inside.split(",", -1);
        long least = parts[0].isEmpty() ? 0 : count(parts[0]);
        long most = parts.length == 1 ? least : parts[1].isEmpty() ? UNBOUNDED : count(parts[1]);
        if (most < least) {
            throw problem("min repeat greater than max repeat");
        }
        position = end + 1;
        return new long[] {least, most};
    }

    private long count(String digits) {
        if (digits.length() > 6) {
            throw problem("the number of repetitions is too large");
        }
        return Long.parseLong(digits);
    }

    private Part item() {
        char c = pattern.charAt(position);
        switch (c) {
            case '.' -> {
                position++;
                return one(dotAll ? "(?s:.)" : "[^\\n]");
            }
            case '^' -> {
                position++;
                return nothing(multiline ? "(?<![^\\n])" : "\\A");
            }
            case '$' -> {
                position++;
                return nothing(multiline ? "(?![^\\n])" : "(?=\\n?\\z)");
            }
            case '[' -> {
                return one(characterClass());
            }
            case '(' -> {
                return group();
            }
            case '\\' -> {
                return escape();
            }
            case '*', '+', '?' -> throw problem("nothing to repeat");
            default -> {
                int character = pattern.codePointAt(position);
                position += Character.charCount(character);
                return one(literal(character));
            }
        }
    }

    private static Part one(String java) {
        return new Part(java, 1, 1);
    }

    private static Part nothing(String java) {
        return new Part(java, 0, 0);
    }

    private Part group() {
        position++;
        if (!skip("?")) {
            return capturing();
        }
        if (skip("P<")) {
            String name = name('>');
            if (names.containsKey(name)) {
                throw problem("redefinition of group name '" + name + "'");
            }
            names.put(name, closed.size());
            return capturing();
        }
        if (skip("P=")) {
            String name = name(')');
            if (!names.containsKey(name)) {
                throw problem("unknown group name '" + name + "'");
            }
            return reference(names.get(name));
        }
        if (skip(":")) {
            return enclosed("(?:");
        }
        if (skip(">")) {
            return enclosed("(?>");
        }
        if (skip("=")) {
            return nothing(enclosed("(?=").java);
        }
        if (skip("!")) {
            return nothing(enclosed("(?!").java);
        }
        if (skip("<=") || skip("<!")) {
            Part inside = enclosed(pattern.charAt(position - 1) == '=' ? "(?<=" : "(?<!");
            if (inside.least != inside.most) {
                throw problem("look-behind requires fixed-width pattern");
            }
            return nothing(inside.java);
        }
        return flagged();
    }

    private Part capturing() {
        int number = closed.size();
        closed.add(false);
        Part part = enclosed("(");
        closed.set(number, true);
        return part;
    }

    private Part enclosed(String start) {
        boolean[] flags = {ignoreCase, multiline, dotAll, verbose};
        Part inside = alternatives();
        if (!skip(")")) {
            throw problem("missing ), unterminated subpattern");
        }
        ignoreCase = flags[0];
        multiline = flags[1];
        dotAll = flags[2];
        verbose = flags[3];
        return new Part(start + inside.java + ")", inside.least, inside.most);
    }

    /** {@code (?i-s:…)}: flags for the inside of the group. */
    private Part flagged() {
        boolean[] flags = {ignoreCase, multiline, dotAll, verbose};
        boolean value = true;
        int start = position;
        while (more() && "aiLmsux-".indexOf(pattern.charAt(position)) >= 0) {
            char flag = pattern.charAt(position++);
            if (flag == '-') {
                value = false;
            } else {
                set(flag, value);
            }
        }
        if (position == start || !skip(":")) {
            throw problem("this kind of group is not supported, or has its flags not at the start of the expression,");
        }
        String open = ignoreCase == flags[0] ? "(?:" : ignoreCase ? "(?iu:" : "(?-i:";
        Part inside = enclosed(open);
        ignoreCase = flags[0];
        multiline = flags[1];
        dotAll = flags[2];
        verbose = flags[3];
        return inside;
    }

    private String name(char end) {
        int stop = pattern.indexOf(end, position);
        String name = stop < 0 ? "" : pattern.substring(position, stop);
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
            throw problem("bad or missing group name");
        }
        position = stop + 1;
        return name;
    }

    private Part reference(int number) {
        if (number >= closed.size()) {
            throw problem("invalid group reference " + number);
        }
        if (!closed.get(number)) {
            throw problem("cannot refer to an open group");
        }
        return new Part("(?:\\" + number + ")", 0, UNBOUNDED);
    }

    private Part escape() {
        if (position + 1 >= pattern.length()) {
            throw problem("bad escape (end of pattern)");
        }
        char c = pattern.charAt(position + 1);
        switch (c) {
            case 'A' -> {
                position += 2;
                return nothing("\\A");
            }
            case 'Z' -> {
                position += 2;
                return nothing("\\z");
            }
            case 'b' -> {
                position += 2;
                return nothing("(?:(?<=[" + WORD + "])(?![" + WORD + "])|(?<![" + WORD + "])(?=[" + WORD + "]))");
            }
            case 'B' -> {
                position += 2;
                return nothing(
                        "(?:(?<=[" + WORD + "])(?=[" + WORD + "])|(?<![" + WORD + "])(?![" + WORD + "])(?!\\A\\z))");
            }
            default -> {}
        }
        if (c >= '1' && c <= '9') {
            return numbered();
        }
        String set = set(c);
        if (set != null) {
            position += 2;
            return one("[" + set + "]");
        }
        return one(literal(escaped()));
    }

    private Part numbered() {
        int start = position + 1;
        boolean second = start + 1 < pattern.length() && Character.digit(pattern.charAt(start + 1), 10) >= 0;
        boolean octal = second
                && start + 2 < pattern.length()
                && pattern.substring(start, start + 3).matches("[0-3][0-7]{2}");
        if (octal) {
            position = start + 3;
            return one(literal(Integer.parseInt(pattern.substring(start, start + 3), 8)));
        }
        position = start + (second ? 2 : 1);
        return reference(Integer.parseInt(pattern.substring(start, position)));
    }
}
