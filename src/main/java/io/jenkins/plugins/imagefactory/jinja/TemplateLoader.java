package io.jenkins.plugins.imagefactory.jinja;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;

/** Where the templates that others include, import or extend come from. */
@FunctionalInterface
public interface TemplateLoader {
    /** The text of the template of that name, or null when there is none. */
    @CheckForNull
    String source(String name);

    /** What a template that is looked up is told of itself, over the variables of the rendering. */
    default Map<String, Object> variables(String name) {
        return Map.of();
    }
}
