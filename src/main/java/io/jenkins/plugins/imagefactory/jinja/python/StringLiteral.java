package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;

/** The escapes inside a quoted string, as in Python. */
public final class StringLiteral {
    private StringLiteral() {}

    /** The text that the inside of a literal stands for; unknown escapes keep their backslash. */
    public static String unescape(String inside) {
        if (inside.indexOf('\\') < 0) {
            return inside;
        }
        StringBuilder text = new StringBuilder(inside.length());
        int i = 0;
        while (i < inside.length()) {
            char c = inside.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            if (i == inside.length()) {
                throw new TemplateException("a string ends in the middle of an escape");
            }
            char escape = inside.charAt(i++);
            switch (escape) {
                case '\n' -> {}
                case '\\', '\'', '"' -> text.append(escape);
                case 'a' -> text.append('\u0007');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'v' -> text.append('\u000b');
                case 'x' -> i = hex(inside, i, 2, text);
                case 'u' -> i = hex(inside, i, 4, text);
                case 'U' -> i = hex(inside, i, 8, text);
                case 'N' -> i = named(inside, i, text);
                case '0', '1', '2', '3', '4', '5', '6', '7' -> i = octal(inside, i - 1, text);
                default -> text.append('\\').append(escape);
            }
        }
        return text.toString();
    }

    private static int hex(String inside, int start, int digits, StringBuilder text) {
        int end = start + digits;
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = i < inside.length() ? Character.digit(inside.charAt(i), 16) : -1;
            if (digit < 0 || inside.charAt(i) > 'f') {
                throw new TemplateException("a string has a truncated '\\" + inside.charAt(start - 1) + "' escape");
            }
            value = value * 16 + digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw new TemplateException("a string has an escape beyond the last character of Unicode");
        }
        text.appendCodePoint(value);
        return end;
    }

    private static int octal(String inside, int start, StringBuilder text) {
        int end = start;
        int value = 0;
        while (end < inside.length() && end < start + 3 && inside.charAt(end) >= '0' && inside.charAt(end) <= '7') {
            value = value * 8 + inside.charAt(end++) - '0';
        }
        text.append((char) value);
        return end;
    }

    private static int named(String inside, int start, StringBuilder text) {
        int end = inside.indexOf('}', start);
        if (start >= inside.length() || inside.charAt(start) != '{' || end < 0) {
            throw new TemplateException("a string has a malformed '\\N' escape");
        }
        String name = inside.substring(start + 1, end);
        try {
            text.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException e) {
            throw new TemplateException("'" + name + "' is no name of a Unicode character");
        }
        return end + 1;
    }
}
