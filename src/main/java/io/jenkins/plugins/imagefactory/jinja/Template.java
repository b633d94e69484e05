package io.jenkins.plugins.imagefactory.jinja;

import java.util.List;
import java.util.Map;

/** A compiled template. Can be rendered many times, by many threads at once. */
public final class Template {
    private final Engine engine;
    private final Source source;
    private final List<Statement> body;
    private final Map<String, Statement.Block> blocks;

    Template(Engine engine, Source source, List<Statement> body, Map<String, Statement.Block> blocks) {
        this.engine = engine;
        this.source = source;
        this.body = body;
        this.blocks = blocks;
    }

    public String name() {
        return source.template();
    }

    /** @throws TemplateException with template and line when a variable is missing, an operation is impossible or a limit is reached */
    public String render(Variables variables) {
        return rendering(variables).text();
    }

    /** The same, with what is known of the rendered text's origins. */
    public Rendering rendering(Variables variables) {
        StringBuilder out = new StringBuilder();
        Render render = new Render(engine, variables, this, out);
        try {
            executeAlone(render, new Context(render, null, true), out);
        } catch (TemplateException e) {
            throw e.at(render.template.name(), render.line);
        } catch (StackOverflowError e) {
            throw new TemplateException("expressions, macros or data are nested too deep")
                    .at(render.template.name(), render.line);
        }
        return new Rendering(out.toString(), render.origins);
    }

    Syntax syntax() {
        return source.syntax();
    }

    /** The text of this template, rendered for itself in the middle of another, with some variables more. */
    String renderInside(Render render, Dict more) {
        Context context = new Context(render, null, true);
        more.forEach((name, value) -> context.exported.put(PythonRepr.str(name).intern(), value));
        StringBuilder out = new StringBuilder();
        executeAlone(render, context, out);
        return out.toString();
    }

    private void executeAlone(Render render, Context context, StringBuilder out) {
        execute(render, context, out);
        out.append(source.missingNewlines(out));
    }

    /** Renders this template, then those it extends. */
    void execute(Render render, Context context, StringBuilder out) {
        Template outer = render.template;
        int line = render.line;
        int levels = 0;
        for (Template current = this; current != null; current = context.layout) {
            render.enter();
            levels++;
            render.template = current;
            context.layout = null;
            context.addBlocks(current, current.blocks);
            Statement.executeAll(current.body, Frame.top(render, context, out));
        }
        for (int i = 0; i < levels; i++) {
            render.leave();
        }
        render.template = outer;
        render.line = line;
    }
}
