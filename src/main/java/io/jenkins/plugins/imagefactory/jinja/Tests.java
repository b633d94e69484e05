package io.jenkins.plugins.imagefactory.jinja;

import java.util.Map;

/** The tests after {@code is}: Jinja2's and Ansible's. */
final class Tests {
    private static final Map<String, Function> ALL = all();

    private Tests() {}

    /** @throws TemplateException when there is no such test */
    static Function get(String name) {
        Function test = ALL.get(Filters.plainName(name));
        if (test == null) {
            throw new TemplateException("there is no test '" + name + "'", Names.nearest(name, ALL.keySet()));
        }
        return test;
    }

    static boolean exists(String name) {
        return ALL.containsKey(Filters.plainName(name));
    }

    private static Map<String, Function> all() {
        Functions tests = new Functions();
        kinds(tests);
        comparisons(tests);
        AnsibleTests.define(tests);
        return tests.toMap();
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
                .define("lower(value)", (f, a) -> isLower(PythonRepr.str(a[0])))
                .define("upper(value)", (f, a) -> isUpper(PythonRepr.str(a[0])))
                .define("filter(value)", (f, a) -> Filters.exists(PythonRepr.str(a[0])))
                .define("test(value)", (f, a) -> exists(PythonRepr.str(a[0])));
    }

    private static void comparisons(Functions tests) {
        tests.define("eq(a, b, /)", (f, a) -> Operators.equal(a[0], a[1]))
                .alias("==", "eq")
                .alias("equalto", "eq")
                .define("ne(a, b, /)", (f, a) -> !Operators.equal(a[0], a[1]))
                .alias("!=", "ne")
                .define("lt(a, b, /)", (f, a) -> Expression.Comparison.LESS.holds(a[0], a[1]))
                .alias("<", "lt")
                .alias("lessthan", "lt")
                .define("le(a, b, /)", (f, a) -> Expression.Comparison.LESS_OR_EQUAL.holds(a[0], a[1]))
                .alias("<=", "le")
                .define("gt(a, b, /)", (f, a) -> Expression.Comparison.GREATER.holds(a[0], a[1]))
                .alias(">", "gt")
                .alias("greaterthan", "gt")
                .define("ge(a, b, /)", (f, a) -> Expression.Comparison.GREATER_OR_EQUAL.holds(a[0], a[1]))
                .alias(">=", "ge")
                .define("in(value, seq)", (f, a) -> Operators.contains(a[1], a[0]))
                .define("sameas(value, other)", (f, a) -> isSame(a[0], a[1]))
                .define("odd(value)", (f, a) -> Operators.equal(Operators.modulo(f, a[0], 2L), 1L))
                .define("even(value)", (f, a) -> Operators.equal(Operators.modulo(f, a[0], 2L), 0L))
                .define("divisibleby(value, num)", (f, a) -> Operators.equal(Operators.modulo(f, a[0], a[1]), 0L));
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

    private static boolean isLower(String text) {
        return Operators.truth(call("islower", text));
    }

    private static boolean isUpper(String text) {
        return Operators.truth(call("isupper", text));
    }

    private static Object call(String method, String text) {
        return ((Callable) Methods.of(text, method)).call(null, Arguments.NONE);
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
