package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import java.util.List;

/** The tests that Ansible adds to Jinja2's. */
public final class AnsibleTests {
    private AnsibleTests() {}

    public static void define(Functions tests) {
        tests.define("contains(seq, value)", (f, a) -> Operators.contains(a[0], a[1]))
                .define("subset(a, b)", (f, a) -> isSubset(a[0], a[1]))
                .alias("issubset", "subset")
                .define("superset(a, b)", (f, a) -> isSubset(a[1], a[0]))
                .alias("issuperset", "superset")
                .define("nan(x)", (f, a) -> a[0] instanceof Double real && real.isNaN())
                .alias("isnan", "nan")
                .define("all(seq)", (f, a) -> Iteration.of(a[0]).stream().allMatch(Operators::truth))
                .define("any(seq)", (f, a) -> Iteration.of(a[0]).stream().anyMatch(Operators::truth))
                .define(
                        "version(value, version, operator='eq', strict=None, version_type=None)",
                        (f, a) -> VersionTest.holds(a))
                .alias("version_compare", "version");
        RegexFilters.defineTests(tests);
        ResultTests.define(tests);
        UrlFilters.defineTests(tests);
    }

    private static boolean isSubset(Object part, Object whole) {
        List<Object> all = Iteration.of(whole);
        return Iteration.of(part).stream().allMatch(element -> Operators.contains(all, element));
    }
}
