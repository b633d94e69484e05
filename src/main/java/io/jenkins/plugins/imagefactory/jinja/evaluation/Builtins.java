package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import java.util.Map;

/** The filters, tests and functions that are there without being set, by name. */
public record Builtins(Map<String, Function> filters, Map<String, Function> tests, Map<String, Function> globals) {
    private static final String COLLECTION = "ansible.builtin.";

    /** @throws TemplateException when there is no such filter */
    public Function filter(String name) {
        return known("filter", name, filters);
    }

    public boolean hasFilter(String name) {
        return filters.containsKey(plainName(name));
    }

    /** @throws TemplateException when there is no such test */
    public Function test(String name) {
        return known("test", name, tests);
    }

    public boolean hasTest(String name) {
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
                    "there is no " + kind + " '" + name + "'", Suggestion.nearest(name, functions.keySet()));
        }
        return function;
    }

    /** Without the collection that Ansible's own filters, tests and lookups belong to. */
    public static String plainName(String name) {
        return name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
    }
}
