package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A value of a rendering's own; what stands in several places of it is one and the same there, too. */
final class Copy {
    private Copy() {}

    /** A value of its own for everything that can be changed in {@code value}. */
    static Object of(Object value) {
        return copy(value, new IdentityHashMap<>());
    }

    private static Object copy(Object value, Map<Object, Object> copies) {
        if (!(value instanceof Dict || value instanceof List)) {
            return value;
        }
        Object known = copies.get(value);
        if (known != null) {
            return known;
        }
        Object copy = value instanceof Dict dict ? copyOf(dict, copies) : copyOf((List<?>) value, copies);
        copies.put(value, copy);
        return copy;
    }

    private static Dict copyOf(Dict dict, Map<Object, Object> copies) {
        return dict.withValues(element -> copy(element, copies));
    }

    private static List<Object> copyOf(List<?> list, Map<Object, Object> copies) {
        Budget.current().elements(1 + list.size());
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(copy(element, copies)));
        return copy;
    }
}
