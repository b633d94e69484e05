package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Namespace;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.List;

/** The functions that are there without being set: Jinja2's. */
public final class Globals {
    /** Of a range's bounds: their distance still fits. */
    private static final long FARTHEST = Long.MAX_VALUE / 4;

    private Globals() {}

    public static void define(Functions globals) {
        globals.define("range(*bounds)", (f, a) -> range(f.budget(), (List<?>) a[0]))
                .define("dict(*args, **kwargs)", (f, a) -> Dict.of((List<?>) a[0], (Dict) a[1]))
                .define("namespace(*args, **kwargs)", (f, a) -> new Namespace(Dict.of((List<?>) a[0], (Dict) a[1])))
                .define("cycler(*items)", (f, a) -> new Cycler((List<?>) a[0]))
                .define("joiner(sep=',\\x20')", (f, a) -> new Joiner(a[0]))
                .define(
                        "undef(hint=None)",
                        (f, a) -> Undefined.of(
                                a[0] == null ? "a mandatory variable has not been overridden" : PythonRepr.str(a[0]),
                                null));
    }

    private static Range range(Budget budget, List<?> bounds) {
        long[] numbers = new long[bounds.size()];
        for (int i = 0; i < numbers.length; i++) {
            Object bound = bounds.get(i);
            if (bound instanceof Undefined undefined) {
                throw undefined.failure();
            }
            if (!Types.isInteger(bound)) {
                throw new TemplateException("range() needs integers, not a " + Types.name(bound));
            }
            numbers[i] = Math.max(-FARTHEST, Math.min(FARTHEST, Numbers.clamped(bound)));
        }
        return switch (numbers.length) {
            case 1 -> new Range(budget, 0, numbers[0], 1);
            case 2 -> new Range(budget, numbers[0], numbers[1], 1);
            case 3 -> new Range(budget, numbers[0], numbers[1], numbers[2]);
            default ->
                throw new TemplateException("range() takes 1 to 3 arguments, but " + numbers.length + " were given");
        };
    }

    /** {@code cycler(…)}: next() gives one value after the other, again and again. */
    private static final class Cycler implements Attributed {
        private final List<?> items;
        private int position;

        Cycler(List<?> items) {
            if (items.isEmpty()) {
                throw new TemplateException("cycler() needs at least one value");
            }
            this.items = items;
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "next" ->
                    new Function("next", "", (f, a) -> {
                        Object current = items.get(position);
                        position = (position + 1) % items.size();
                        return current;
                    });
                case "reset" ->
                    new Function("reset", "", (f, a) -> {
                        position = 0;
                        return null;
                    });
                case "current" -> items.get(position);
                case "items" -> new Tuple(List.copyOf(items));
                case "pos" -> (long) position;
                default -> MISSING;
            };
        }

        @Override
        public String toString() {
            throw new TemplateException("a cycler is printed; call its next()");
        }
    }

    /** {@code joiner(sep)}: gives nothing when called first, then the separator. */
    private static final class Joiner implements Callable, Attributed {
        private final Object separator;
        private boolean used;

        Joiner(Object separator) {
            this.separator = separator;
        }

        @Override
        public Object call(Caller caller, Arguments arguments) {
            if (!arguments.positional().isEmpty() || !arguments.named().isEmpty()) {
                throw new TemplateException("a joiner is called without arguments");
            }
            boolean first = !used;
            used = true;
            return first ? "" : separator;
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "sep" -> separator;
                case "used" -> used;
                default -> MISSING;
            };
        }

        @Override
        public String toString() {
            throw new TemplateException("a joiner is printed; call it");
        }
    }
}
