package io.jenkins.plugins.imagefactory.jinja;

/** The tests that Ansible adds to Jinja2's. */
final class AnsibleTests {
    private AnsibleTests() {}

    static void define(Functions tests) {
        tests.define("contains(seq, value)", (f, a) -> Operators.contains(a[0], a[1]))
                .define("all(seq)", (f, a) -> Iteration.of(a[0]).stream().allMatch(Operators::truth))
                .define("any(seq)", (f, a) -> Iteration.of(a[0]).stream().anyMatch(Operators::truth))
                .define(
                        "version(value, version, operator='eq', strict=None, version_type=None)",
                        (f, a) -> VersionTest.holds(a))
                .alias("version_compare", "version");
        RegexFilters.defineTests(tests);
    }
}
