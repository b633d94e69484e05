package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.DictView;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods that Python's values have. */
public final class Methods {
    private static final Map<String, Function> OF_STRINGS = StringMethods.all();
    private static final Map<String, Function> OF_LISTS = CollectionMethods.ofLists();
    private static final Map<String, Function> OF_TUPLES = CollectionMethods.ofTuples();
    private static final Map<String, Function> OF_DICTS = CollectionMethods.ofDicts();

    private static final Map<String, Function> OF_MARKUP = MarkupMethods.all();
    private static final Map<String, Function> OF_VIEWS = CollectionMethods.ofViews();

    /** What values of a type have in Python, too, but a template cannot use here. */
    private static final Map<String, Set<String>> REFUSED = Map.of(
            "str",
            Set.of("encode", "maketrans"),
            "Markup",
            Set.of("encode", "maketrans", "escape", "formatter"),
            "int",
            Set.of(
                    "real",
                    "imag",
                    "numerator",
                    "denominator",
                    "conjugate",
                    "bit_length",
                    "bit_count",
                    "to_bytes",
                    "from_bytes",
                    "as_integer_ratio"),
            "float",
            Set.of("real", "imag", "conjugate", "as_integer_ratio", "is_integer", "hex", "fromhex"),
            "dict_keys",
            Set.of("mapping"),
            "dict_values",
            Set.of("mapping"),
            "dict_items",
            Set.of("mapping"));

    private Methods() {}

    /** The method bound to its owner, or MISSING. */
    public static Object of(Object owner, String name) {
        Function method = table(owner).get(name);
        if (method != null) {
            return new Bound(owner, method);
        }
        if (owner instanceof Dict) {
            return Attributed.MISSING;
        }
        if (owner instanceof Range range) {
            return bound(range, name);
        }
        String type = owner instanceof Boolean ? "int" : Types.name(owner);
        if (REFUSED.getOrDefault(type, Set.of()).contains(name)) {
            throw new TemplateException("'" + name + "' of a " + Types.name(owner) + " cannot be used in a template");
        }
        return Attributed.MISSING;
    }

    private static Object bound(Range range, String name) {
        return switch (name) {
            case "start" -> range.start();
            case "stop" -> range.stop();
            case "step" -> range.step();
            default -> Attributed.MISSING;
        };
    }

    static Collection<String> names(Object owner) {
        return table(owner).keySet();
    }

    private static Map<String, Function> table(Object owner) {
        if (owner instanceof Dict) {
            return OF_DICTS;
        }
        if (owner instanceof String) {
            return OF_STRINGS;
        }
        if (owner instanceof Markup) {
            return OF_MARKUP;
        }
        if (owner instanceof DictView) {
            return OF_VIEWS;
        }
        if (owner instanceof Range || owner instanceof Tuple) {
            return OF_TUPLES;
        }
        if (owner instanceof List) {
            return OF_LISTS;
        }
        return Map.of();
    }

    private record Bound(Object owner, Function method) implements Callable {
        @Override
        public Object call(Caller caller, Arguments arguments) {
            return method.call(caller, arguments.after(owner));
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
