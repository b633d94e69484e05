package io.jenkins.plugins.imagefactory.jinja.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.syntax.Syntax;
import java.util.Map;

/** What templates find around them; Jinja2 calls it so, too. */
public interface Environment {
    Limits limits();

    Builtins builtins();

    /** The template of that name, in the syntax of the one that includes it; null when there is none. */
    @CheckForNull
    CompiledTemplate included(String name, Syntax syntax);

    /** The template of that name, as one that is rendered for itself; null when there is none. */
    @CheckForNull
    CompiledTemplate looked(String name);

    /** What that template is told of itself. */
    Map<String, Object> variablesOf(String name);

    /**
     * The value for a term in a source outside the variables, or null when there is none.
     *
     * @throws TemplateException when there is no such source
     */
    @CheckForNull
    String lookup(String source, String term);
}
