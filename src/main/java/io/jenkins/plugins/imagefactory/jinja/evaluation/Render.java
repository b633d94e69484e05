package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One rendering: its variables, the place it has reached and what it has used up of its limits. */
public final class Render {
    final Environment environment;
    final Budget budget;
    final Origins origins;
    /** The place that is being rendered, for errors. */
    CompiledTemplate template;

    int line = 1;

    private final Map<String, Object> variables;
    private final Set<String> lookupNames;
    private final Map<String, Object> used = new HashMap<>();

    /**
     * @param variables plain data, shared with other renderings
     * @param lookupNames those of them that lookups know of
     * @param out what the rendering writes to in the end
     */
    public Render(
            Environment environment,
            Budget budget,
            Map<String, Object> variables,
            Set<String> lookupNames,
            CompiledTemplate template,
            StringBuilder out) {
        this.environment = environment;
        this.budget = budget;
        this.origins = new Origins(out);
        this.variables = variables;
        this.lookupNames = lookupNames;
        this.template = template;
    }

    /** The variable's value, which this rendering may change, or MISSING. */
    Object variable(String name) {
        Object value = used.getOrDefault(name, Attributed.MISSING);
        if (value == Attributed.MISSING && variables.containsKey(name)) {
            value = Copy.of(variables.get(name));
            used.put(name, value);
        }
        return value;
    }

    Set<String> lookupNames() {
        return lookupNames;
    }

    Set<String> variables() {
        return variables.keySet();
    }

    public Origins origins() {
        return origins;
    }

    /** The error with the place that is being rendered. */
    public TemplateException located(TemplateException error) {
        return error.at(template.name(), line);
    }
}
