package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The {@code loop} variable inside a for loop. */
public final class Loop implements Attributed, Callable, Iterator<Object> {
    private final Statement.For statement;
    private final Frame frame;
    private final List<Object> elements;
    private final int depth;
    private int index = -1;
    private List<Object> lastChanged;

    /** @param elements to go through, at least one */
    Loop(Statement.For statement, Frame frame, List<Object> elements, int depth) {
        this.statement = statement;
        this.frame = frame;
        this.elements = elements;
        this.depth = depth;
    }

    boolean advance() {
        if (!hasNext()) {
            return false;
        }
        index++;
        return true;
    }

    @Override
    public boolean hasNext() {
        return index + 1 < elements.size();
    }

    /** An element with this loop: iterating over a loop uses it up. */
    @Override
    public Object next() {
        if (!advance()) {
            throw new NoSuchElementException();
        }
        return Tuple.of(current(), this);
    }

    Object current() {
        return elements.get(index);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) elements.size() - index;
            case "revindex0" -> elements.size() - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == elements.size() - 1;
            case "length" -> (long) elements.size();
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> index == 0 ? Undefined.of("there is no previous item", null) : elements.get(index - 1);
            case "nextitem" ->
                index == elements.size() - 1 ? Undefined.of("there is no next item", null) : elements.get(index + 1);
            case "cycle" -> new Function("cycle", "*values", (f, a) -> cycle((List<?>) a[0]));
            case "changed" -> new Function("changed", "*values", (f, a) -> changed((List<?>) a[0]));
            default -> MISSING;
        };
    }

    private Object cycle(List<?> values) {
        if (values.isEmpty()) {
            throw new TemplateException("loop.cycle() needs values to cycle through");
        }
        return values.get(index % values.size());
    }

    private boolean changed(List<?> values) {
        boolean changed = lastChanged == null || !Operators.equal(lastChanged, values);
        lastChanged = new ArrayList<>(values);
        return changed;
    }

    /** {@code loop(children)} of a recursive loop: what the loop prints for these. */
    @Override
    public Object call(Caller caller, Arguments arguments) {
        if (!statement.recursive()) {
            throw new TemplateException("loop can only be called in a loop that is marked recursive");
        }
        if (arguments.positional().size() != 1 || !arguments.named().isEmpty()) {
            throw new TemplateException("loop() takes one argument, what to go through");
        }
        frame.budget().enter();
        Frame capturing = frame.capturing();
        statement.run(capturing, arguments.positional().get(0), depth + 1);
        frame.budget().leave();
        return frame.marked(capturing.captured());
    }

    @Override
    public String typeName() {
        return "LoopContext";
    }

    @Override
    public String toString() {
        return "<LoopContext " + (index + 1) + "/" + elements.size() + ">";
    }
}
