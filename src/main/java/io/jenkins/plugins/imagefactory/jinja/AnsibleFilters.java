package io.jenkins.plugins.imagefactory.jinja;

/** The filters that Ansible adds to Jinja2's. */
final class AnsibleFilters {
    private AnsibleFilters() {}

    static void define(Functions filters) {
        filters.define("mandatory(value, msg=None)", (f, a) -> {
                    if (a[0] instanceof Undefined undefined) {
                        throw a[1] == null ? undefined.failure() : new TemplateException(PythonRepr.str(a[1]));
                    }
                    return a[0];
                })
                .define("ternary(value, true_val, false_val, none_val=None)", (f, a) -> {
                    if (a[0] == null && a[3] != null) {
                        return a[3];
                    }
                    return Operators.truth(a[0]) ? a[1] : a[2];
                });
    }
}
