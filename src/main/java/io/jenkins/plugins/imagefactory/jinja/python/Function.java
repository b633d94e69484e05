package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import java.util.List;

/** A built-in function, filter, test or method. */
public final class Function implements Callable {
    /** What it does with its arguments, bound to the signature's order. */
    public interface Body {
        Object apply(Caller caller, Object[] arguments);
    }

    private final String name;
    private final Signature signature;
    private final Body body;

    public Function(String name, String parameters, Body body) {
        this.name = name;
        this.signature = new Signature(name, parameters);
        this.body = body;
    }

    String name() {
        return name;
    }

    @Override
    public Object call(Caller caller, Arguments arguments) {
        if (!arguments.positional().isEmpty()) {
            goesThrough(caller.budget(), arguments.positional().get(0));
        }
        return body.apply(caller, signature.bind(arguments));
    }

    /** A text or a collection that is given first is what the function works on. */
    private static void goesThrough(Budget budget, Object value) {
        if (value instanceof String text) {
            budget.reads(text.length());
        } else if (value instanceof List<?> list) {
            budget.visits(list.size());
        } else if (value instanceof Dict dict) {
            budget.visits(dict.size());
        } else {
            budget.tick();
        }
    }
}
