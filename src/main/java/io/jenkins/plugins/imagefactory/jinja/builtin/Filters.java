package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.python.Functions;

/** Jinja2's filters. */
public final class Filters {
    private Filters() {}

    public static void define(Functions filters) {
        StringFilters.define(filters);
        HtmlFilters.define(filters);
        NumberFilters.define(filters);
        ListFilters.define(filters);
        SelectFilters.define(filters);
    }
}
