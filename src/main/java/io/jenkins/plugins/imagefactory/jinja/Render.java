package io.jenkins.plugins.imagefactory.jinja;

import java.util.HashMap;
import java.util.Map;

/** One rendering: its variables, the place it has reached and what it has used up of its limits. */
final class Render {
    private static final int CLOCK_INTERVAL = 1024;

    final Engine engine;
    final Map<String, Object> variables;
    final Limits limits;
    /** The place that is being rendered, for errors. */
    Template template;

    int line = 1;
    final Origins origins;

    private final Map<String, Object> used = new HashMap<>();
    private final long deadline;
    private long printed;
    private long characters;
    private long elements;
    private int depth;
    private int ticks;

    /** @param out what the rendering writes to in the end */
    Render(Engine engine, Variables variables, Template template, StringBuilder out) {
        this.origins = new Origins(out);
        this.engine = engine;
        this.limits = engine.limits();
        this.variables = variables.values();
        this.template = template;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    /** The variable's value, which this rendering may change, or MISSING. */
    Object variable(String name) {
        Object value = used.getOrDefault(name, Attributed.MISSING);
        if (value == Attributed.MISSING && variables.containsKey(name)) {
            value = Variables.copy(variables.get(name));
            used.put(name, value);
        }
        return value;
    }

    /** One step of a loop or a call. */
    void tick() {
        if (++ticks % CLOCK_INTERVAL == 0) {
            checkClock();
        }
    }

    void checkClock() {
        if (System.nanoTime() - deadline > 0) {
            throw new TemplateException(
                    "rendering takes longer than its limit of " + limits.time().toSeconds() + " s");
        }
    }

    long deadline() {
        return deadline;
    }

    void print(int length) {
        printed += length;
        if (printed > limits.outputCharacters()) {
            throw new TemplateException(
                    "the output grows beyond its limit of " + limits.outputCharacters() + " characters");
        }
    }

    void characters(long length) {
        characters += length;
        if (length > limits.outputCharacters() || characters > limits.totalCharacters()) {
            throw new TemplateException("strings grow beyond the limit of " + limits.outputCharacters()
                    + " characters each, " + limits.totalCharacters() + " together");
        }
    }

    void elements(long count) {
        elements += count;
        if (count > limits.elements() || elements > limits.elements()) {
            throw new TemplateException("lists and loops grow beyond the limit of " + limits.elements() + " elements");
        }
        tick();
    }

    void bits(long count) {
        if (count > limits.integerBits()) {
            throw new TemplateException("an integer grows beyond the limit of " + limits.integerBits() + " bits");
        }
    }

    void enter() {
        if (++depth > limits.depth()) {
            throw new TemplateException(
                    "macros, includes or recursive loops are nested more than " + limits.depth() + " deep");
        }
        tick();
    }

    void leave() {
        depth--;
    }
}
