package io.jenkins.plugins.imagefactory.jinja;

import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.time.PythonDateTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What templates are rendered with, once checked to be plain data; it can serve many renderings at the same time. */
public final class Variables {
    private static final int DEEPEST = 100;
    private static final long MOST_ELEMENTS = Limits.STANDARD.steps();

    private final Map<String, Object> values;
    /** Those that lookups know of, too. */
    private final Set<String> names;

    private Variables(Map<String, Object> values, Set<String> names) {
        this.values = values;
        this.names = names;
    }

    /**
     * @param data names to maps, collections, strings, numbers, times, booleans and nulls; a map or collection that stands in
     *     several places is one and the same in all of them, as in Python
     * @throws TemplateException when there is anything else in it, or when it is too deep or too large
     */
    public static Variables of(Map<String, ?> data) {
        Map<String, Object> values = new LinkedHashMap<>();
        Reading reading = new Reading();
        data.forEach((name, value) -> values.put(name.intern(), reading.variable(name, value)));
        return new Variables(Collections.unmodifiableMap(values), values.keySet());
    }

    /**
     * These variables, and over them some more, which lookups do not know of.
     *
     * @param more like {@code data}
     */
    public Variables with(Map<String, ?> more) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(of(more).values);
        return new Variables(Collections.unmodifiableMap(all), names);
    }

    Set<String> names() {
        return names;
    }

    Map<String, Object> values() {
        return values;
    }

    /** The value as the engine holds it, and how many elements it has where it stands. */
    private record Plain(Object value, long size) {}

    private static final class Reading {
        private final Map<Object, Plain> known = new IdentityHashMap<>();
        private String name;

        Object variable(String variable, Object value) {
            name = variable;
            return plain(value, 0).value();
        }

        private Plain plain(Object value, int depth) {
            if (depth > DEEPEST) {
                throw new TemplateException("variable '" + name + "' is nested more than " + DEEPEST + " deep");
            }
            if (!(value instanceof Map || value instanceof Iterable)) {
                return new Plain(scalar(value, name), 1);
            }
            Plain plain = known.get(value);
            if (plain == null) {
                plain = value instanceof Map<?, ?> map ? dict(map, depth) : list((Iterable<?>) value, depth);
                known.put(value, plain);
            }
            return plain;
        }

        private Plain dict(Map<?, ?> map, int depth) {
            Dict dict = new Dict();
            long size = 1;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Plain key = plain(entry.getKey(), depth + 1);
                Plain element = plain(entry.getValue(), depth + 1);
                dict.put(key.value(), element.value());
                size = sum(size, key.size() + element.size());
            }
            return new Plain(dict, size);
        }

        private Plain list(Iterable<?> elements, int depth) {
            List<Object> list = new ArrayList<>();
            long size = 1;
            for (Object each : elements) {
                Plain element = plain(each, depth + 1);
                list.add(element.value());
                size = sum(size, element.size());
            }
            return new Plain(list, size);
        }

        private long sum(long size, long more) {
            if (size + more > MOST_ELEMENTS) {
                throw new TemplateException("variable '" + name + "' has more than " + MOST_ELEMENTS + " elements");
            }
            return size + more;
        }
    }

    private static Object scalar(Object value, String name) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Double) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float real) {
            return Double.valueOf(real.toString());
        }
        if (value instanceof BigInteger big) {
            return Numbers.normal(big);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof LocalDateTime moment) {
            return new PythonDateTime(moment);
        }
        throw new TemplateException(
                "variable '" + name + "' holds a " + value.getClass().getName()
                        + "; only maps, lists, strings, numbers, times, booleans and null can be used in templates");
    }
}
