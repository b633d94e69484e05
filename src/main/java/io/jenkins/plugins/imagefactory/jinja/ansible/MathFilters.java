package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;

/** Ansible's filters for logarithms, powers and roots, which are always floats. */
final class MathFilters {
    private MathFilters() {}

    static void define(Functions filters) {
        filters.define("log(x, base=2.718281828459045)", (f, a) -> log(number(a[0]), number(a[1])))
                .define("pow(x, y)", (f, a) -> finite(Math.pow(number(a[0]), number(a[1]))))
                .define("root(x, base=2)", (f, a) -> root(number(a[0]), number(a[1])));
    }

    private static double log(double number, double base) {
        if (number <= 0 || base <= 0 || base == 1) {
            throw new TemplateException("a logarithm needs a number above 0 and a base above 0 other than 1");
        }
        return base == 10 ? Math.log10(number) : Math.log(number) / Math.log(base);
    }

    private static double root(double number, double base) {
        return finite(base == 2 ? Math.sqrt(number) : Math.pow(number, 1 / base));
    }

    private static double finite(double result) {
        if (!Double.isFinite(result)) {
            throw new TemplateException("the result is no number, or too large for a float");
        }
        return result;
    }

    private static double number(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isNumber(value)) {
            throw new TemplateException("expected a number, not a " + Types.name(value));
        }
        return Numbers.real(value);
    }
}
