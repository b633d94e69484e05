package io.jenkins.plugins.imagefactory.jinja.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.List;

/** The template that an include, import or extends names. */
final class Templates {
    private Templates() {}

    /** @param names a name, or several of which the first that exists is taken; null when there is none and that is allowed */
    static CompiledTemplate first(Frame frame, @CheckForNull Object names, boolean ignoreMissing) {
        if (names instanceof Undefined undefined) {
            throw undefined.failure();
        }
        List<Object> candidates = Types.isString(names) ? List.of(names) : Iteration.of(names);
        for (Object candidate : candidates) {
            CompiledTemplate template =
                    frame.environment().included(PythonRepr.str(candidate), frame.render.template.syntax());
            if (template != null) {
                return template;
            }
        }
        if (ignoreMissing) {
            return null;
        }
        throw new TemplateException(
                candidates.size() == 1
                        ? "template '" + PythonRepr.str(candidates.get(0)) + "' does not exist"
                        : "none of the templates " + PythonRepr.repr(names) + " exists");
    }
}
