package io.jenkins.plugins.imagefactory.jinja;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Where the templates that others include, import or extend come from. */
@FunctionalInterface
public interface TemplateLoader {
    /** The text of the template of that name, or null when there is none. */
    @CheckForNull
    String source(String name);
}
