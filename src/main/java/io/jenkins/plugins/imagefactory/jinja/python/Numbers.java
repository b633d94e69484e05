package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Python's numbers: an int is a Long, or a BigInteger when it does not fit; a float is a Double. */
public final class Numbers {
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Numbers() {}

    /** A Long where it fits. */
    public static Object normal(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    /** An int or bool as a big integer. */
    public static BigInteger big(Object integer) {
        if (integer instanceof BigInteger big) {
            return big;
        }
        return BigInteger.valueOf(small(integer));
    }

    /** An int (not a big one) or bool. */
    public static long small(Object integer) {
        return integer instanceof Boolean flag ? (flag ? 1 : 0) : (Long) integer;
    }

    /** An int or bool as a long, clamped to its range. */
    public static long clamped(Object integer) {
        if (integer instanceof BigInteger big) {
            return big.max(MIN).min(MAX).longValue();
        }
        return small(integer);
    }

    /** A number as a float. */
    public static double real(Object number) {
        if (number instanceof Double real) {
            return real;
        }
        if (number instanceof BigInteger big) {
            double real = big.doubleValue();
            if (Double.isInfinite(real)) {
                throw new TemplateException("an integer is too large to become a float");
            }
            return real;
        }
        return small(number);
    }

    /** An int where it is one, so that equal numbers are equal keys. */
    static Object hashable(Double number) {
        boolean whole = number == Math.rint(number) && !Double.isInfinite(number);
        return whole ? normal(new BigDecimal(number).toBigInteger()) : number;
    }

    /** The whole part of a float. */
    public static Object truncated(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new TemplateException("cannot convert float " + PythonRepr.str(number) + " to integer");
        }
        return normal(new BigDecimal(number).toBigInteger());
    }

    static int compare(Object a, Object b) {
        if (a instanceof Double || b instanceof Double) {
            return compareReal(a, b);
        }
        if (a instanceof BigInteger || b instanceof BigInteger) {
            return big(a).compareTo(big(b));
        }
        return Long.compare(small(a), small(b));
    }

    private static int compareReal(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x < y ? -1 : x > y ? 1 : 0;
        }
        if (a instanceof Double x) {
            if (Double.isInfinite(x)) {
                return x > 0 ? 1 : -1;
            }
            return new BigDecimal(x).compareTo(new BigDecimal(big(b)));
        }
        return -compareReal(b, a);
    }

    static boolean isNan(Object number) {
        return number instanceof Double real && real.isNaN();
    }

    /** Any integer as an int for widths and counts. */
    public static int toInt(Object value, String what) {
        if (!Types.isInteger(value)) {
            throw new TemplateException(what + " must be an integer, not " + Types.name(value));
        }
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, clamped(value)));
    }

    /** The integer, if it is within the budget. */
    public static Object counted(Budget budget, BigInteger value) {
        budget.bits(value.bitLength());
        budget.bytes(value.bitLength() < Long.SIZE ? 0 : value.bitLength() / Byte.SIZE);
        return normal(value);
    }
}
