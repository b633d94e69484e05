package io.jenkins.plugins.imagefactory.jinja;

/** Where the templates that others include, import or extend come from. */
@FunctionalInterface
public interface TemplateLoader {
    /** The text of the template of that name, or null when there is none. */
    String source(String name);
}
