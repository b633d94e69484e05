package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.syntax.Source;
import io.jenkins.plugins.imagefactory.jinja.syntax.Syntax;
import java.util.List;
import java.util.Map;

/** A template as it is executed, by many renderings at once. */
public record CompiledTemplate(Source source, List<Statement> body, Map<String, Statement.Block> blocks) {
    public String name() {
        return source.template();
    }

    Syntax syntax() {
        return source.syntax();
    }

    /** Renders it for itself, as the template of that rendering. */
    public void render(Render render, StringBuilder out) {
        executeAlone(render, new Context(render, null, true), out);
    }

    /** Its text, rendered for itself in the middle of another, with some variables more. */
    public String renderInside(Frame frame, Dict more) {
        Render render = frame.render;
        Context context = new Context(render, null, true);
        more.forEach((name, value) -> context.exported.put(PythonRepr.str(name).intern(), value));
        StringBuilder out = new StringBuilder();
        executeAlone(render, context, out);
        render.budget.characters(out.length());
        return out.toString();
    }

    private void executeAlone(Render render, Context context, StringBuilder out) {
        execute(render, context, out);
        out.append(source.missingNewlines(out));
    }

    /** Renders this template, then those it extends. */
    void execute(Render render, Context context, StringBuilder out) {
        CompiledTemplate outer = render.template;
        int line = render.line;
        int levels = 0;
        for (CompiledTemplate current = this; current != null; current = context.layout) {
            render.budget.enter();
            levels++;
            render.template = current;
            context.layout = null;
            context.addBlocks(current);
            Statement.executeAll(current.body, Frame.top(render, context, out));
        }
        for (int i = 0; i < levels; i++) {
            render.budget.leave();
        }
        render.template = outer;
        render.line = line;
    }
}
