package io.jenkins.plugins.imagefactory.jinja;

import io.jenkins.plugins.imagefactory.jinja.evaluation.CompiledTemplate;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Environment;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Render;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;

/** A compiled template. Can be rendered many times, by many threads at once. */
public final class Template {
    private final Environment environment;
    private final CompiledTemplate compiled;

    Template(Environment environment, CompiledTemplate compiled) {
        this.environment = environment;
        this.compiled = compiled;
    }

    public String name() {
        return compiled.name();
    }

    /** @throws TemplateException with template and line when a variable is missing, an operation is impossible or a limit is reached */
    public String render(Variables variables) {
        return rendering(variables).text();
    }

    /** The same, with what is known of the rendered text's origins. */
    public Rendering rendering(Variables variables) {
        StringBuilder out = new StringBuilder();
        try (Budget budget = Budget.begin(environment.limits())) {
            Render render = new Render(environment, budget, variables.values(), variables.names(), compiled, out);
            try {
                compiled.render(render, out);
                budget.characters(out.length());
                return new Rendering(out.toString(), render.origins());
            } catch (TemplateException e) {
                throw render.located(e);
            } catch (StackOverflowError e) {
                throw render.located(new TemplateException("expressions, macros or data are nested too deep"));
            }
        }
    }
}
