package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
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

    private static final Set<String> REFUSED_OF_STRINGS = Set.of("encode", "maketrans", "translate");
    private static final Set<String> REFUSED_OF_NUMBERS = Set.of(
            "real",
            "imag",
            "numerator",
            "denominator",
            "conjugate",
            "bit_length",
            "bit_count",
            "to_bytes",
            "from_bytes",
            "as_integer_ratio",
            "is_integer",
            "hex",
            "fromhex");
    private static final Set<String> REFUSED_OF_COLLECTIONS =
            Set.of("fromkeys", "isdisjoint", "mapping", "start", "stop", "step");

    private Methods() {}

    /** The method bound to its owner, or MISSING. */
    public static Object of(Object owner, String name) {
        Function method = table(owner).get(name);
        if (method != null) {
            return new Bound(owner, method);
        }
        if (refused(owner).contains(name)) {
            throw new TemplateException("'" + name + "' of a " + Types.name(owner) + " cannot be used in a template");
        }
        return Attributed.MISSING;
    }

    static Collection<String> names(Object owner) {
        return table(owner).keySet();
    }

    private static Map<String, Function> table(Object owner) {
        if (owner instanceof Dict) {
            return OF_DICTS;
        }
        if (Types.isString(owner)) {
            return OF_STRINGS;
        }
        if (owner instanceof Range || owner instanceof Tuple) {
            return OF_TUPLES;
        }
        if (owner instanceof List) {
            return OF_LISTS;
        }
        return Map.of();
    }

    /** What the value has in Python, too, but a template cannot use here. */
    private static Set<String> refused(Object owner) {
        if (Types.isString(owner)) {
            return REFUSED_OF_STRINGS;
        }
        return Types.isNumber(owner) ? REFUSED_OF_NUMBERS : REFUSED_OF_COLLECTIONS;
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
