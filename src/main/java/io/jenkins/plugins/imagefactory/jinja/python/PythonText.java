package io.jenkins.plugins.imagefactory.jinja.python;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Strings as Python sees them: sequences of code points, not of UTF-16 units. */
public final class PythonText {
    private PythonText() {}

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The character at a code point index that exists. */
    public static String at(String text, int index) {
        int begin = text.offsetByCodePoints(0, index);
        return text.substring(begin, text.offsetByCodePoints(begin, 1));
    }

    public static String slice(String text, int begin, int end) {
        int from = text.offsetByCodePoints(0, begin);
        return text.substring(from, text.offsetByCodePoints(from, Math.max(begin, end) - begin));
    }

    public static boolean isSpace(int c) {
        return c == ' '
                || c >= 9 && c <= 13
                || c >= 0x1c && c <= 0x1f
                || c == 0x85
                || c == 0xa0
                || c > 0xff && Character.isSpaceChar(c);
    }

    /** Where a line ends for splitlines(). */
    public static boolean isLineEnd(int c) {
        return c >= 10 && c <= 13 || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    public static boolean isPrintable(int c) {
        if (c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** @throws TemplateException when the text has half of a surrogate pair */
    public static byte[] utf8(String text) {
        return bytes(text, StandardCharsets.UTF_8);
    }

    /** @throws TemplateException when the text has a character that the encoding does not have */
    public static byte[] bytes(String text, Charset charset) {
        try {
            ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw new TemplateException("text has a character that " + charset + " does not have");
        }
    }

    public static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(a.codePointAt(i), b.codePointAt(i));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    public static String stripStart(String text, String characters) {
        int begin = 0;
        while (begin < text.length() && strips(text.codePointAt(begin), characters)) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        return text.substring(begin);
    }

    public static String stripEnd(String text, String characters) {
        int end = text.length();
        while (end > 0 && strips(text.codePointBefore(end), characters)) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    /** @param characters to strip, or null for white space */
    public static String strip(String text, @CheckForNull String characters) {
        return stripEnd(stripStart(text, characters), characters);
    }

    private static boolean strips(int c, String characters) {
        if (characters == null) {
            return isSpace(c);
        }
        Budget.current().reads(characters.length());
        return characters.indexOf(c) >= 0;
    }

    public static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return titled(text.codePointAt(0)) + lower(text.substring(first));
    }

    public static String titled(int c) {
        String upper = upper(Character.toString(c));
        return upper.codePointCount(0, upper.length()) > 1
                ? upper.substring(0, 1) + lower(upper.substring(1))
                : Character.toString(Character.toTitleCase(c));
    }

    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
