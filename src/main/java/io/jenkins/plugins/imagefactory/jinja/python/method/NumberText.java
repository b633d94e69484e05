package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonFloat;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** The digits, letters and padding of which both of Python's ways of formatting are made. */
public final class NumberText {
    private NumberText() {}

    static String radix(BigInteger number, char type) {
        return switch (type) {
            case 'b' -> number.toString(2);
            case 'o' -> number.toString(8);
            case 'x' -> number.toString(16);
            case 'X' -> PythonText.upper(number.toString(16));
            default -> PythonRepr.integer(number);
        };
    }

    static String prefix(char type) {
        return switch (type) {
            case 'b' -> "0b";
            case 'o' -> "0o";
            case 'x' -> "0x";
            case 'X' -> "0X";
            default -> "";
        };
    }

    /** In one of the forms e, f and g, upper case when the letter is. */
    public static String realText(double value, char type, int precision, boolean alternate) {
        if (precision > 10_000) {
            throw new TemplateException("a precision of more than 10000 digits is not supported");
        }
        boolean upper = Character.isUpperCase(type);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            String text = PythonFloat.repr(value);
            return upper ? PythonText.upper(text) : text;
        }
        boolean negative = value < 0 || value == 0 && 1 / value < 0;
        BigDecimal exact = new BigDecimal(Math.abs(value));
        String text = switch (Character.toLowerCase(type)) {
            case 'f' -> exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
            case 'e' -> exponential(exact, precision);
            default -> general(exact, Math.max(1, precision), alternate);
        };
        if (alternate && text.indexOf('.') < 0) {
            int exponent = text.indexOf('e');
            text = exponent < 0 ? text + "." : text.substring(0, exponent) + "." + text.substring(exponent);
        }
        return (negative ? "-" : "") + (upper ? PythonText.upper(text) : text);
    }

    private static String exponential(BigDecimal exact, int precision) {
        if (exact.signum() == 0) {
            return (precision == 0 ? "0" : "0." + "0".repeat(precision)) + "e+00";
        }
        BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String digits = rounded.unscaledValue().toString();
        String padded = digits + "0".repeat(Math.max(0, precision + 1 - digits.length()));
        String mantissa = precision == 0 ? padded : padded.charAt(0) + "." + padded.substring(1);
        return mantissa + PythonFloat.exponentSuffix("e", exponent);
    }

    private static String general(BigDecimal exact, int precision, boolean alternate) {
        if (exact.signum() == 0) {
            return alternate && precision > 1 ? "0." + "0".repeat(precision - 1) : "0";
        }
        BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= precision) {
            String text = exponential(exact, precision - 1);
            int e = text.indexOf('e');
            return alternate ? text : withoutZeros(text.substring(0, e)) + text.substring(e);
        }
        String text = rounded.setScale(precision - 1 - exponent, RoundingMode.HALF_EVEN)
                .toPlainString();
        return alternate ? text : withoutZeros(text);
    }

    private static String withoutZeros(String number) {
        if (number.indexOf('.') < 0) {
            return number;
        }
        int end = number.length();
        while (number.charAt(end - 1) == '0') {
            end--;
        }
        return number.substring(0, number.charAt(end - 1) == '.' ? end - 1 : end);
    }

    static String pad(String text, int width, String fill, char align) {
        int missing = width - PythonText.length(text);
        if (missing <= 0) {
            return text;
        }
        return switch (align) {
            case '<' -> text + fill.repeat(missing);
            case '^' -> fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
            default -> fill.repeat(missing) + text;
        };
    }

    static String character(Object value) {
        if (Types.isString(value) && PythonText.length(value.toString()) == 1) {
            return value.toString();
        }
        if (!Types.isInteger(value)) {
            throw new TemplateException("%c needs an integer or one character");
        }
        long c = Numbers.clamped(value);
        if (c < 0 || c > Character.MAX_CODE_POINT) {
            throw new TemplateException("%c needs the number of a character");
        }
        return Character.toString((int) c);
    }

    static String ascii(String repr) {
        StringBuilder out = new StringBuilder();
        repr.codePoints().forEach(c -> {
            if (c < 128) {
                out.append((char) c);
            } else {
                out.append(
                        c < 0x100
                                ? PythonRepr.hex("\\x", c, 2)
                                : c < 0x10000 ? PythonRepr.hex("\\u", c, 4) : PythonRepr.hex("\\U", c, 8));
            }
        });
        return out.toString();
    }
}
