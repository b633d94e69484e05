package io.jenkins.plugins.imagefactory.jinja.python.method;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import java.math.BigInteger;

/** What Python's int() and float() make of a string. */
public final class PythonNumber {
    private PythonNumber() {}

    /** @return null when the text is no integer in that base */
    @CheckForNull
    public static BigInteger integer(String text, int base) {
        if (base != 0 && (base < 2 || base > 36)) {
            return null;
        }
        String digits = PythonText.strip(text, null);
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = base;
        int prefixed = digits.length() > 1 && digits.charAt(0) == '0'
                ? switch (digits.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 0;
                }
                : 0;
        if (prefixed != 0 && (base == 0 || base == prefixed)) {
            radix = prefixed;
            digits = digits.substring(2);
            digits = digits.startsWith("_") ? digits.substring(1) : digits;
        } else if (base == 0) {
            radix = 10;
            if (digits.startsWith("0")
                    && !digits.replace("0", "").replace("_", "").isEmpty()) {
                return null;
            }
        }
        String plain = withoutSeparators(digits);
        if (plain == null || plain.length() > 4300 || !areDigits(plain, radix)) {
            return null;
        }
        BigInteger value = new BigInteger(plain, radix);
        return negative ? value.negate() : value;
    }

    private static boolean areDigits(String text, int radix) {
        return text.chars().allMatch(c -> Character.digit(c, radix) >= 0);
    }

    /** @return null when the text is no float */
    @CheckForNull
    public static Double real(String text) {
        String trimmed = PythonText.strip(text, null);
        String lower = PythonText.lower(trimmed);
        String unsigned = lower.startsWith("-") || lower.startsWith("+") ? lower.substring(1) : lower;
        switch (unsigned) {
            case "inf", "infinity":
                return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case "nan":
                return Double.NaN;
            default:
                break;
        }
        String plain = withoutSeparators(trimmed);
        if (plain == null || !plain.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)) {
            return null;
        }
        try {
            return Double.valueOf(plain);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Without the underscores between digits; null when the text is empty or has one elsewhere. */
    private static String withoutSeparators(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean between = i > 0
                    && i < text.length() - 1
                    && Character.isLetterOrDigit(text.charAt(i - 1))
                    && Character.isLetterOrDigit(text.charAt(i + 1));
            if (text.charAt(i) == '_' && !between) {
                return null;
            }
        }
        return text.isEmpty() ? null : text.replace("_", "");
    }
}
