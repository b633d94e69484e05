package io.jenkins.plugins.imagefactory.jinja.python;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The value of a name, attribute or item that does not exist. It may be tested and given a default, attributes of it are
 * undefined too, and any other use of it is an error.
 */
public final class Undefined {
    private final Supplier<String> problem;
    private final String name;
    private final Supplier<? extends Collection<String>> known;
    /** The missing else of an inline if: prints as nothing and is false, instead of being an error. */
    private final boolean lenient;

    private Undefined(
            Supplier<String> problem, String name, Supplier<? extends Collection<String>> known, boolean lenient) {
        this.problem = problem;
        this.name = name;
        this.known = known;
        this.lenient = lenient;
    }

    public static Undefined variable(String name, Supplier<? extends Collection<String>> known) {
        return new Undefined(() -> "undefined variable '" + name + "'", name, known, false);
    }

    public static Undefined attribute(Object owner, String attribute, Supplier<? extends Collection<String>> known) {
        return new Undefined(
                () -> "a " + Types.name(owner) + " has no attribute '" + attribute + "'", attribute, known, false);
    }

    public static Undefined of(String problem, String name) {
        return new Undefined(() -> problem, name, List::of, false);
    }

    public static Undefined noElse() {
        return new Undefined(() -> "an inline if was false and has no else", null, List::of, true);
    }

    public boolean isLenient() {
        return lenient;
    }

    /** The variable, attribute or item that does not exist, or null. */
    @CheckForNull
    String name() {
        return name;
    }

    public TemplateException failure() {
        String suggestion = name == null ? null : Suggestion.nearest(name, known.get());
        return new TemplateException(problem.get(), suggestion);
    }

    /** An error when the value is undefined, whatever may be done with it elsewhere. */
    public static void fail(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
    }
}
