package io.jenkins.plugins.imagefactory.jinja.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How Python prints a float: the shortest digits that read back as the same float. */
public final class PythonFloat {
    private PythonFloat() {}

    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return (long) value + ".0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        return (value < 0 ? "-" : "") + written(digits, exponent);
    }

    private static String written(String digits, int exponent) {
        if (exponent >= 16 || exponent < -4) {
            return exponential(digits, exponent);
        }
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        int point = exponent + 1;
        if (digits.length() <= point) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String exponential(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + exponentSuffix("e", exponent);
    }

    /** {@code e+05}: a sign and at least two digits. */
    public static String exponentSuffix(String letter, int exponent) {
        int size = Math.abs(exponent);
        return letter + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
    }

    /** Without trailing zeros. Double.toString is not always shortest before JDK 19. */
    private static BigDecimal shortest(double value) {
        BigDecimal best = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal exact = new BigDecimal(value);
        for (int precision = best.precision() - 1; precision > 0; precision--) {
            BigDecimal shorter = readingBack(value, exact, precision);
            if (shorter == null) {
                break;
            }
            best = shorter.stripTrailingZeros();
        }
        BigDecimal nearest = exact.round(new MathContext(best.precision(), RoundingMode.HALF_EVEN));
        return nearest.doubleValue() == value ? nearest.stripTrailingZeros() : best;
    }

    private static BigDecimal readingBack(double value, BigDecimal exact, int precision) {
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN}) {
            BigDecimal rounded = exact.round(new MathContext(precision, mode));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return null;
    }
}
