package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Arithmetic;
import io.jenkins.plugins.imagefactory.jinja.python.method.NumberText;
import io.jenkins.plugins.imagefactory.jinja.python.method.PythonNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Jinja2's filters that make or change numbers. */
final class NumberFilters {
    private static final String[] DECIMAL_UNITS = {"kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
    private static final String[] BINARY_UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"};

    private NumberFilters() {}

    static void define(Functions filters) {
        filters.define("abs(x, /)", (f, a) -> abs(a[0]))
                .define("int(value, default=0, base=10)", NumberFilters::integer)
                .define("float(value, default=0.0)", (f, a) -> real(a[0], a[1]))
                .define("round(value, precision=0, method='common')", NumberFilters::round)
                .define("filesizeformat(value, binary=False)", (f, a) -> filesize(a[0], Operators.truth(a[1])));
    }

    private static Object abs(Object value) {
        if (value instanceof Double real) {
            return Math.abs(real);
        }
        if (!Types.isInteger(value)) {
            failIfUndefined(value);
            throw new TemplateException("abs needs a number, not a " + Types.name(value));
        }
        return Numbers.normal(Numbers.big(value).abs());
    }

    private static Object integer(Caller caller, Object[] a) {
        Object value = a[0];
        failIfUndefined(value);
        if (value instanceof Double real) {
            return real.isNaN() ? a[1] : Numbers.truncated(real);
        }
        if (Types.isInteger(value)) {
            return Numbers.normal(Numbers.big(value));
        }
        if (!Types.isString(value)) {
            return a[1];
        }
        BigInteger whole = PythonNumber.integer(value.toString(), Numbers.toInt(a[2], "a base"));
        if (whole != null) {
            return Numbers.counted(caller.budget(), whole);
        }
        Double real = PythonNumber.real(value.toString());
        return real == null || real.isNaN() ? a[1] : Numbers.truncated(real);
    }

    private static Object real(Object value, Object standard) {
        failIfUndefined(value);
        if (Types.isNumber(value)) {
            return Numbers.real(value);
        }
        Double real = Types.isString(value) ? PythonNumber.real(value.toString()) : null;
        return real == null ? standard : real;
    }

    private static Object round(Caller caller, Object[] a) {
        String method = PythonRepr.str(a[2]);
        int precision = Numbers.toInt(a[1], "a precision");
        if (!Types.isNumber(a[0])) {
            failIfUndefined(a[0]);
            throw new TemplateException("round needs a number, not a " + Types.name(a[0]));
        }
        return switch (method) {
            case "common" -> common(a[0], precision);
            case "ceil", "floor" -> {
                Object power = Arithmetic.power(caller.budget(), 10L, (long) precision);
                double scaled = Numbers.real(Arithmetic.multiply(caller.budget(), a[0], power));
                double whole = method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled);
                yield Arithmetic.divide(Numbers.truncated(whole), power);
            }
            default ->
                throw new TemplateException("the method of round must be common, ceil or floor, not '" + method + "'");
        };
    }

    private static Object common(Object value, int precision) {
        if (Types.isInteger(value)) {
            return Numbers.normal(roundInteger(Numbers.big(value), precision));
        }
        double real = Numbers.real(value);
        if (Double.isNaN(real) || Double.isInfinite(real) || precision > 400) {
            return real;
        }
        if (precision < -400) {
            return Math.copySign(0.0, real);
        }
        double rounded =
                new BigDecimal(real).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
        return Math.copySign(rounded, real);
    }

    private static BigInteger roundInteger(BigInteger value, int precision) {
        if (precision >= 0) {
            return value;
        }
        if (-precision > 5000) {
            return BigInteger.ZERO;
        }
        return new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toBigInteger();
    }

    private static String filesize(Object value, boolean binary) {
        Double bytes =
                Types.isNumber(value) ? Double.valueOf(Numbers.real(value)) : PythonNumber.real(PythonRepr.str(value));
        if (bytes == null) {
            throw new TemplateException("filesizeformat needs a number, not " + PythonRepr.repr(value));
        }
        int base = binary ? 1024 : 1000;
        if (bytes == 1) {
            return "1 Byte";
        }
        if (bytes < base) {
            return Numbers.truncated(bytes) + " Bytes";
        }
        String[] units = binary ? BINARY_UNITS : DECIMAL_UNITS;
        double unit = base;
        int i = 0;
        while (i < units.length - 1 && bytes >= unit * base) {
            unit *= base;
            i++;
        }
        return NumberText.realText(bytes / unit, 'f', 1, false) + " " + units[i];
    }

    private static void failIfUndefined(Object value) {
        if (value instanceof Undefined undefined && !undefined.isLenient()) {
            throw undefined.failure();
        }
    }
}
