package io.jenkins.plugins.imagefactory.jinja;

import java.util.Map;

/** The filters after {@code |}: Jinja2's and Ansible's. */
final class Filters {
    private static final String COLLECTION = "ansible.builtin.";
    private static final Map<String, Function> ALL = all();

    private Filters() {}

    /** @throws TemplateException when there is no such filter */
    static Function get(String name) {
        Function filter = ALL.get(plainName(name));
        if (filter == null) {
            throw new TemplateException("there is no filter '" + name + "'", Names.nearest(name, ALL.keySet()));
        }
        return filter;
    }

    static boolean exists(String name) {
        return ALL.containsKey(plainName(name));
    }

    /** Without the collection that Ansible's own filters and tests belong to. */
    static String plainName(String name) {
        return name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
    }

    private static Map<String, Function> all() {
        Functions filters = new Functions();
        StringFilters.define(filters);
        HtmlFilters.define(filters);
        NumberFilters.define(filters);
        ListFilters.define(filters);
        SelectFilters.define(filters);
        AnsibleFilters.define(filters);
        return filters.toMap();
    }
}
