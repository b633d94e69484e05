package io.jenkins.plugins.imagefactory.jinja;

/** Jinja2's filters. */
final class Filters {
    private Filters() {}

    static void define(Functions filters) {
        StringFilters.define(filters);
        HtmlFilters.define(filters);
        NumberFilters.define(filters);
        ListFilters.define(filters);
        SelectFilters.define(filters);
    }
}
