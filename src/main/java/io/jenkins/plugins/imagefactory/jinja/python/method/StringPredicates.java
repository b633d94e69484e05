package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import java.util.function.IntPredicate;

/** Python's methods that ask of what kind a string's characters are: {@code isalpha()} and its like. */
final class StringPredicates {
    private StringPredicates() {}

    static void define(Functions methods) {
        predicate(methods, "isalnum", c -> Character.isLetter(c) || isNumeric(c));
        predicate(methods, "isalpha", Character::isLetter);
        predicate(methods, "isdecimal", Character::isDigit);
        predicate(methods, "isdigit", c -> Character.isDigit(c) || isSuperscript(c));
        predicate(methods, "isnumeric", StringPredicates::isNumeric);
        predicate(methods, "isspace", PythonText::isSpace);
        methods.define(
                        "isascii(self, /)",
                        (f, a) -> StringMethods.text(a[0]).chars().allMatch(c -> c < 128))
                .define(
                        "isprintable(self, /)",
                        (f, a) -> StringMethods.text(a[0]).codePoints().allMatch(PythonText::isPrintable))
                .define("isidentifier(self, /)", (f, a) -> isIdentifier(StringMethods.text(a[0])))
                .define("islower(self, /)", (f, a) -> isCase(StringMethods.text(a[0]), true))
                .define("isupper(self, /)", (f, a) -> isCase(StringMethods.text(a[0]), false))
                .define("istitle(self, /)", (f, a) -> isTitle(StringMethods.text(a[0])));
    }

    private static void predicate(Functions methods, String name, IntPredicate holds) {
        methods.define(
                name + "(self, /)",
                (f, a) -> !StringMethods.text(a[0]).isEmpty()
                        && StringMethods.text(a[0]).codePoints().allMatch(holds));
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
}
