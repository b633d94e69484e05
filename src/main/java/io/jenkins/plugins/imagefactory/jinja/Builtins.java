package io.jenkins.plugins.imagefactory.jinja;

import java.util.Map;

/** The filters, tests and functions that are there without being set, by name. */
record Builtins(Map<String, Function> filters, Map<String, Function> tests, Map<String, Function> globals) {
    private static final String COLLECTION = "ansible.builtin.";

    /** @throws TemplateException when there is no such filter */
    Function filter(String name) {
        return known("filter", name, filters);
    }

    boolean hasFilter(String name) {
        return filters.containsKey(plainName(name));
    }

    /** @throws TemplateException when there is no such test */
    Function test(String name) {
        return known("test", name, tests);
    }

    boolean hasTest(String name) {
        return tests.containsKey(plainName(name));
    }

    /** The function, or MISSING. */
    Object global(String name) {
        Function function = globals.get(name);
        return function == null ? Attributed.MISSING : function;
    }

    private static Function known(String kind, String name, Map<String, Function> functions) {
        Function function = functions.get(plainName(name));
        if (function == null) {
            throw new TemplateException(
                    "there is no " + kind + " '" + name + "'", Names.nearest(name, functions.keySet()));
        }
        return function;
    }

    /** Without the collection that Ansible's own filters, tests and lookups belong to. */
    static String plainName(String name) {
        return name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
    }
}
