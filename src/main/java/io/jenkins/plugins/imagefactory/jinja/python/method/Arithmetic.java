package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonObject;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Python's operators that make values: those of numbers, and what strings and lists have of them. */
public final class Arithmetic {
    private Arithmetic() {}

    public static Object add(Budget budget, Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            long sum = x + y;
            return ((x ^ sum) & (y ^ sum)) < 0 ? BigInteger.valueOf(x).add(BigInteger.valueOf(y)) : (Object) sum;
        }
        if (Types.isString(a) && Types.isString(b)) {
            boolean markup = a instanceof Markup || b instanceof Markup;
            String left = markup ? Markup.escape(a).text() : a.toString();
            String right = markup ? Markup.escape(b).text() : b.toString();
            budget.room((long) left.length() + right.length());
            String sum = budget.text(left + right);
            return markup ? new Markup(sum) : sum;
        }
        if (Types.isNumber(a) && Types.isNumber(b)) {
            return a instanceof Double || b instanceof Double
                    ? (Object) (Numbers.real(a) + Numbers.real(b))
                    : Numbers.counted(budget, Numbers.big(a).add(Numbers.big(b)));
        }
        if (a instanceof List<?> x && b instanceof List<?> y && !(a instanceof Range) && !(b instanceof Range)) {
            return concatenated(budget, x, y);
        }
        if (a instanceof Tuple x && b instanceof Tuple y) {
            return new Tuple(concatenated(budget, x.items(), y.items()));
        }
        Object sum = a instanceof PythonObject object ? object.plus(b) : Attributed.MISSING;
        if (sum == Attributed.MISSING) {
            throw impossible("+", a, b);
        }
        return sum;
    }

    private static List<Object> concatenated(Budget budget, List<?> a, List<?> b) {
        budget.elements(a.size() + (long) b.size());
        List<Object> all = new ArrayList<>(a.size() + b.size());
        all.addAll(a);
        all.addAll(b);
        return all;
    }

    public static Object subtract(Budget budget, Object a, Object b) {
        Object difference = a instanceof PythonObject object ? object.minus(b) : Attributed.MISSING;
        if (difference != Attributed.MISSING) {
            return difference;
        }
        numbers("-", a, b);
        if (a instanceof Double || b instanceof Double) {
            return Numbers.real(a) - Numbers.real(b);
        }
        return Numbers.counted(budget, Numbers.big(a).subtract(Numbers.big(b)));
    }

    public static Object multiply(Budget budget, Object a, Object b) {
        if (Types.isNumber(a) && Types.isNumber(b)) {
            if (a instanceof Double || b instanceof Double) {
                return Numbers.real(a) * Numbers.real(b);
            }
            budget.bits((long) Numbers.big(a).bitLength() + Numbers.big(b).bitLength());
            return Numbers.counted(budget, Numbers.big(a).multiply(Numbers.big(b)));
        }
        if (Types.isInteger(b)) {
            return repeated(budget, a, Math.max(0, Numbers.clamped(b)), b);
        }
        if (Types.isInteger(a)) {
            return repeated(budget, b, Math.max(0, Numbers.clamped(a)), a);
        }
        throw impossible("*", a, b);
    }

    private static Object repeated(Budget budget, Object value, long times, Object count) {
        if (count instanceof BigInteger && Iteration.isPossible(value)) {
            throw new TemplateException("nothing can be repeated " + count + " times");
        }
        if (Types.isString(value)) {
            String text = value.toString();
            budget.room(Limits.product(text.length(), times));
            String repeated = text.isEmpty() ? "" : budget.text(text.repeat((int) times));
            return value instanceof Markup ? new Markup(repeated) : repeated;
        }
        if (value instanceof List<?> list && !(value instanceof Range)) {
            return repeated(budget, list, times);
        }
        if (value instanceof Tuple tuple) {
            return new Tuple(repeated(budget, tuple.items(), times));
        }
        throw impossible("*", value, count);
    }

    private static List<Object> repeated(Budget budget, List<?> elements, long times) {
        budget.elements(Limits.product(elements.size(), times));
        List<Object> all = new ArrayList<>();
        for (long i = 0; i < times && !elements.isEmpty(); i++) {
            all.addAll(elements);
        }
        return all;
    }

    public static Object divide(Object a, Object b) {
        numbers("/", a, b);
        failIfZero(b);
        if (a instanceof Double || b instanceof Double || exact(a) && exact(b)) {
            return Numbers.real(a) / Numbers.real(b);
        }
        Budget.current().reads(Budget.ONE_LOOK_AT_THE_CLOCK);
        double quotient = new BigDecimal(Numbers.big(a))
                .divide(new BigDecimal(Numbers.big(b)), new MathContext(800, RoundingMode.HALF_EVEN))
                .doubleValue();
        if (Double.isInfinite(quotient)) {
            throw new TemplateException("the quotient of two integers is too large for a float");
        }
        return quotient == 0 && Numbers.big(b).signum() < 0 ? -0.0 : quotient;
    }

    private static boolean exact(Object integer) {
        return Numbers.big(integer).bitLength() <= 53;
    }

    public static Object floorDivide(Budget budget, Object a, Object b) {
        numbers("//", a, b);
        failIfZero(b);
        if (a instanceof Double || b instanceof Double) {
            return floorQuotient(Numbers.real(a), Numbers.real(b));
        }
        BigInteger[] parts = Numbers.big(a).divideAndRemainder(Numbers.big(b));
        boolean down =
                parts[1].signum() != 0 && parts[1].signum() != Numbers.big(b).signum();
        return Numbers.counted(budget, down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
    }

    /** As CPython's float floor division: from the exact remainder, so that 1 // 0.1 is 9.0. */
    private static double floorQuotient(double a, double b) {
        double remainder = a % b;
        double quotient = (a - remainder) / b;
        if (remainder != 0 && (b < 0) != (remainder < 0)) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0, a / b);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    public static Object modulo(Budget budget, Object a, Object b) {
        if (Types.isString(a)) {
            return PercentFormat.format(budget, a, b);
        }
        numbers("%", a, b);
        failIfZero(b);
        if (a instanceof Double || b instanceof Double) {
            double x = Numbers.real(a);
            double y = Numbers.real(b);
            double remainder = x % y;
            if (remainder == 0) {
                return Math.copySign(0.0, y);
            }
            return (y < 0) != (remainder < 0) ? remainder + y : remainder;
        }
        BigInteger divisor = Numbers.big(b);
        BigInteger remainder = Numbers.big(a).mod(divisor.abs());
        return Numbers.normal(divisor.signum() < 0 && remainder.signum() > 0 ? remainder.add(divisor) : remainder);
    }

    public static Object power(Budget budget, Object a, Object b) {
        numbers("**", a, b);
        if (Types.isInteger(a) && Types.isInteger(b) && Numbers.big(b).signum() >= 0) {
            BigInteger base = Numbers.big(a);
            if (base.bitLength() > 1) {
                budget.bits(Limits.product(base.bitLength(), Numbers.clamped(b)));
            }
            if (base.bitLength() <= 1 && Numbers.big(b).bitLength() > 31) {
                return smallPower(base, Numbers.big(b));
            }
            return Numbers.normal(base.pow((int) Numbers.clamped(b)));
        }
        double base = Numbers.real(a);
        double exponent = Numbers.real(b);
        if (base == 0 && exponent < 0) {
            throw new TemplateException("zero cannot be raised to a negative power");
        }
        if (base < 0 && exponent != Math.rint(exponent)) {
            throw new TemplateException(
                    "a negative number raised to a fraction is a complex number, which has no form here");
        }
        double power = base == 1 ? 1 : Math.pow(base, exponent);
        if (Double.isInfinite(power) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
            throw new TemplateException("the result of ** is too large for a float");
        }
        return power;
    }

    /** Of 0, 1, -1 and -2 with a huge exponent. */
    private static Object smallPower(BigInteger base, BigInteger exponent) {
        if (base.signum() == 0 || base.equals(BigInteger.ONE)) {
            return Numbers.normal(base);
        }
        if (base.bitLength() == 0) {
            return exponent.testBit(0) ? -1L : 1L;
        }
        throw new TemplateException("an integer grows beyond its limit");
    }

    public static Object negate(Object value) {
        if (value instanceof Double real) {
            return -real;
        }
        numbers("-", value, 0L);
        return Numbers.normal(Numbers.big(value).negate());
    }

    public static Object plus(Object value) {
        numbers("+", value, 0L);
        return value instanceof Boolean ? Long.valueOf(Numbers.small(value)) : value;
    }

    private static void failIfZero(Object divisor) {
        if (divisor instanceof Double real ? real == 0 : Numbers.big(divisor).signum() == 0) {
            throw new TemplateException("division by zero");
        }
    }

    private static void numbers(String operator, Object a, Object b) {
        if (!Types.isNumber(a) || !Types.isNumber(b)) {
            throw impossible(operator, a, b);
        }
    }

    private static TemplateException impossible(String operator, Object a, Object b) {
        Operators.failIfUndefined(a);
        Operators.failIfUndefined(b);
        return new TemplateException(
                "'" + operator + "' is not possible between a " + Types.name(a) + " and a " + Types.name(b));
    }
}
