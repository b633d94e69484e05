package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Builtins;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Frame;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Loop;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Comparison;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Arithmetic;
import io.jenkins.plugins.imagefactory.jinja.python.method.Methods;

/** The tests after {@code is}: Jinja2's. */
public final class Tests {
    private Tests() {}

    public static void define(Functions tests) {
        kinds(tests);
        comparisons(tests);
    }

    private static void kinds(Functions tests) {
        tests.define("defined(value)", (f, a) -> !(a[0] instanceof Undefined))
                .define("undefined(value)", (f, a) -> a[0] instanceof Undefined)
                .define("none(value)", (f, a) -> a[0] == null)
                .define("boolean(value)", (f, a) -> a[0] instanceof Boolean)
                .define("true(value)", (f, a) -> Boolean.TRUE.equals(a[0]))
                .define("false(value)", (f, a) -> Boolean.FALSE.equals(a[0]))
                .define("integer(value)", (f, a) -> Types.isInteger(a[0]) && !(a[0] instanceof Boolean))
                .define("float(value)", (f, a) -> a[0] instanceof Double)
                .define("number(value)", (f, a) -> Types.isNumber(a[0]))
                .define("string(value)", (f, a) -> Types.isString(a[0]))
                .define("mapping(value)", (f, a) -> a[0] instanceof Dict)
                .define("iterable(value)", (f, a) -> a[0] instanceof Loop || Iteration.isPossible(a[0]))
                .define("sequence(value)", (f, a) -> isSequence(a[0]))
                .define("callable(value)", (f, a) -> a[0] instanceof Callable)
                .define("escaped(value)", (f, a) -> a[0] instanceof Markup)
                .define("lower(value)", (f, a) -> holds(f, PythonRepr.str(a[0]), "islower"))
                .define("upper(value)", (f, a) -> holds(f, PythonRepr.str(a[0]), "isupper"))
                .define("filter(value)", (f, a) -> builtins(f).hasFilter(PythonRepr.str(a[0])))
                .define("test(value)", (f, a) -> builtins(f).hasTest(PythonRepr.str(a[0])));
    }

    private static void comparisons(Functions tests) {
        tests.define("eq(a, b, /)", (f, a) -> Operators.equal(a[0], a[1]))
                .alias("==", "eq")
                .alias("equalto", "eq")
                .define("ne(a, b, /)", (f, a) -> !Operators.equal(a[0], a[1]))
                .alias("!=", "ne")
                .define("lt(a, b, /)", (f, a) -> Comparison.LESS.holds(a[0], a[1]))
                .alias("<", "lt")
                .alias("lessthan", "lt")
                .define("le(a, b, /)", (f, a) -> Comparison.LESS_OR_EQUAL.holds(a[0], a[1]))
                .alias("<=", "le")
                .define("gt(a, b, /)", (f, a) -> Comparison.GREATER.holds(a[0], a[1]))
                .alias(">", "gt")
                .alias("greaterthan", "gt")
                .define("ge(a, b, /)", (f, a) -> Comparison.GREATER_OR_EQUAL.holds(a[0], a[1]))
                .alias(">=", "ge")
                .define("in(value, seq)", (f, a) -> Operators.contains(a[1], a[0]))
                .define("sameas(value, other)", (f, a) -> isSame(a[0], a[1]))
                .define("odd(value)", (f, a) -> Operators.equal(Arithmetic.modulo(f.budget(), a[0], 2L), 1L))
                .define("even(value)", (f, a) -> Operators.equal(Arithmetic.modulo(f.budget(), a[0], 2L), 0L))
                .define(
                        "divisibleby(value, num)",
                        (f, a) -> Operators.equal(Arithmetic.modulo(f.budget(), a[0], a[1]), 0L));
    }

    private static Builtins builtins(Caller caller) {
        return Frame.of(caller).environment().builtins();
    }

    private static boolean isSequence(Object value) {
        if (value instanceof Undefined undefined) {
            if (undefined.isLenient()) {
                return false;
            }
            throw undefined.failure();
        }
        return Types.isSequence(value) || Types.isString(value) || value instanceof Dict;
    }

    private static boolean holds(Caller caller, String text, String method) {
        return Operators.truth(((Callable) Methods.of(text, method)).call(caller, Arguments.NONE));
    }

    /** Python keeps one object for each of None, True, False, small integers and, mostly, equal strings. */
    private static boolean isSame(Object a, Object b) {
        if (a == b) {
            return true;
        }
        boolean values = a instanceof Boolean && b instanceof Boolean
                || a instanceof Long && b instanceof Long
                || a instanceof String && b instanceof String;
        return values && a.equals(b);
    }
}
