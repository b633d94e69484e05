package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** One scope of names, inside another, and where what is printed in it goes. */
public final class Frame implements Caller {
    final Render render;
    final Context context;
    final StringBuilder out;
    /** What is printed here stands outside all blocks and macros, so that a template that extends another drops it. */
    final boolean outsideBlocks;

    private final boolean autoescape;
    private final Frame parent;
    /** Interned, so that names are compared by identity. */
    private String[] names = {};

    private Object[] values = {};
    private int size;

    private Frame(
            Render render,
            Context context,
            Frame parent,
            StringBuilder out,
            boolean outsideBlocks,
            boolean autoescape) {
        this.render = render;
        this.context = context;
        this.parent = parent;
        this.out = out;
        this.outsideBlocks = outsideBlocks;
        this.autoescape = autoescape;
    }

    /** The top level of a template: what is set here is exported. */
    static Frame top(Render render, Context context, StringBuilder out) {
        return new Frame(render, context, null, out, true, false);
    }

    /** A block: it sees what the template exports. */
    Frame block() {
        Frame exporting = new Frame(render, context, null, out, false, false);
        return new Frame(render, context, exporting, out, false, false);
    }

    /** A block that also sees the names around it. */
    Frame scopedBlock() {
        return new Frame(render, context, this, out, false, false);
    }

    Frame inner() {
        return new Frame(render, context, this, out, outsideBlocks, autoescape);
    }

    /** A scope whose output is kept apart. */
    Frame capturing() {
        return new Frame(render, context, this, new StringBuilder(), false, autoescape);
    }

    /** A scope with or without autoescape. */
    Frame escaping(boolean escapes) {
        return new Frame(render, context, this, out, outsideBlocks, escapes);
    }

    /** What was printed in a scope that keeps its output apart. */
    String captured() {
        render.budget.characters(out.length());
        return out.toString();
    }

    /** Whether what is captured here is Markup. */
    public boolean autoescape() {
        return autoescape;
    }

    /** A text that was captured, as {@code autoescape} has it. */
    Object marked(String text) {
        return autoescape ? new Markup(text) : text;
    }

    /** The frame of a call, for what needs more of the rendering than its budget. */
    public static Frame of(Caller caller) {
        return (Frame) caller;
    }

    @Override
    public Budget budget() {
        return render.budget;
    }

    public Environment environment() {
        return render.environment;
    }

    /** The names of the variables that lookups know of. */
    public Set<String> lookupNames() {
        return render.lookupNames();
    }

    Object find(String name) {
        for (Frame frame = this; frame != null; frame = frame.parent) {
            for (int i = frame.size - 1; i >= 0; i--) {
                if (frame.names[i] == name) {
                    return frame.values[i];
                }
            }
        }
        return context.lookup(name);
    }

    /** The name's value, Undefined when there is none. */
    Object lookup(String name) {
        Object value = find(name);
        return value == Attributed.MISSING ? Undefined.variable(name, this::allNames) : value;
    }

    void assign(String name, Object value) {
        if (parent == null && outsideBlocks) {
            context.exported.put(name, value);
            return;
        }
        for (int i = 0; i < size; i++) {
            if (names[i] == name) {
                values[i] = value;
                return;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size + 4);
            values = Arrays.copyOf(values, size + 4);
        }
        names[size] = name;
        values[size++] = value;
    }

    private List<String> allNames() {
        List<String> all = new ArrayList<>();
        names(all);
        return all;
    }

    void names(List<String> all) {
        for (Frame frame = this; frame != null; frame = frame.parent) {
            all.addAll(Arrays.asList(frame.names).subList(0, frame.size));
        }
        context.names(all);
    }

    void print(String text) {
        render.budget.characters(text.length());
        render.origins.add(out, render.template.name(), render.line, false);
        out.append(text);
    }

    /** Text of the template itself, which begins at that line of it. */
    void printAsWritten(String text, int line) {
        render.budget.characters(text.length());
        render.origins.add(out, render.template.name(), line, true);
        out.append(text);
    }

    /** The place that is evaluated, for errors. */
    void at(int line) {
        render.line = line;
    }
}
