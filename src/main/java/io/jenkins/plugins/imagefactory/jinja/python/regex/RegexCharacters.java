package io.jenkins.plugins.imagefactory.jinja.python.regex;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;

/** The part of a regular expression's translation that reads characters: literal, escaped and in classes. */
abstract class RegexCharacters {
    static final String WORD = "\\p{L}\\p{N}_";
    private static final String SPACE =
            "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

    private static final int LONGEST_SHOWN = 100;

    final String pattern;
    int position;

    RegexCharacters(String pattern) {
        this.pattern = pattern;
    }

    final TemplateException problem(String what) {
        String shown = pattern.length() > LONGEST_SHOWN ? pattern.substring(0, LONGEST_SHOWN) + "…" : pattern;
        return new TemplateException(
                "regular expression '" + shown + "': " + what + " at position " + Math.min(position, pattern.length()));
    }

    final boolean more() {
        return position < pattern.length();
    }

    final boolean at(String text) {
        return pattern.startsWith(text, position);
    }

    final boolean skip(String text) {
        if (at(text)) {
            position += text.length();
            return true;
        }
        return false;
    }

    static String literal(int character) {
        boolean plain = character > 127 || Character.isLetterOrDigit(character);
        return plain ? Character.toString(character) : PythonRepr.hex("\\x", character, 2);
    }

    /** The inside of a character class for {@code \d} and the like, or null. */
    @CheckForNull
    static String set(char c) {
        return switch (c) {
            case 'd' -> "\\p{Nd}";
            case 'D' -> "\\P{Nd}";
            case 's' -> SPACE;
            case 'S' -> "^" + SPACE;
            case 'w' -> WORD;
            case 'W' -> "^" + WORD;
            default -> null;
        };
    }

    /** The character that the escape here means. */
    final int escaped() {
        char c = pattern.charAt(position + 1);
        position += 2;
        return switch (c) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case '0' -> octal();
            default -> {
                if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
                    position -= 2;
                    throw problem("bad escape \\" + c);
                }
                int character = pattern.codePointAt(position - 1);
                position += Character.charCount(character) - 1;
                yield character;
            }
        };
    }

    private int hexadecimal(int digits) {
        int end = position + digits;
        if (end > pattern.length() || !pattern.substring(position, end).matches("[0-9a-fA-F]+")) {
            throw problem("incomplete escape");
        }
        long value = Long.parseLong(pattern.substring(position, end), 16);
        if (value > Character.MAX_CODE_POINT) {
            throw problem("bad escape");
        }
        position = end;
        return (int) value;
    }

    private int octal() {
        int value = 0;
        for (int i = 0; i < 2 && more() && pattern.charAt(position) >= '0' && pattern.charAt(position) <= '7'; i++) {
            value = value * 8 + pattern.charAt(position++) - '0';
        }
        return value;
    }

    final String characterClass() {
        position++;
        boolean negated = skip("^");
        StringBuilder java = new StringBuilder();
        boolean first = true;
        while (true) {
            if (!more()) {
                throw problem("unterminated character set");
            }
            if (at("]") && !first) {
                position++;
                return (negated ? "[^" : "[") + java + "]";
            }
            first = false;
            int low = member(java);
            boolean range = at("-") && position + 1 < pattern.length() && pattern.charAt(position + 1) != ']';
            if (!range) {
                if (low >= 0) {
                    java.append(literal(low));
                }
                continue;
            }
            position++;
            int length = java.length();
            int high = member(java);
            if (low < 0 || high < 0 || java.length() != length || high < low) {
                throw problem("bad character range");
            }
            java.append(literal(low)).append('-').append(literal(high));
        }
    }

    /** A character of a class; or, for {@code \d} and the like, -1 after it was appended. */
    private int member(StringBuilder java) {
        if (!at("\\")) {
            int character = pattern.codePointAt(position);
            position += Character.charCount(character);
            return character;
        }
        if (position + 1 >= pattern.length()) {
            throw problem("bad escape (end of pattern)");
        }
        char c = pattern.charAt(position + 1);
        String set = set(c);
        if (set != null) {
            position += 2;
            java.append('[').append(set).append(']');
            return -1;
        }
        if (c == 'b') {
            position += 2;
            return '\b';
        }
        if (c >= '1' && c <= '7') {
            position++;
            int value = 0;
            int digits = 0;
            while (digits < 3 && more() && pattern.charAt(position) >= '0' && pattern.charAt(position) <= '7') {
                value = value * 8 + pattern.charAt(position++) - '0';
                digits++;
            }
            return value;
        }
        return escaped();
    }
}
