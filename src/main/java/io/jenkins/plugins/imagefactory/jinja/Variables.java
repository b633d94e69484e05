package io.jenkins.plugins.imagefactory.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What templates are rendered with, once checked to be plain data; it can serve many renderings at the same time. */
public final class Variables {
    private final Map<String, Object> values;

    private Variables(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * @param data names to maps, collections, strings, numbers, booleans and nulls
     * @throws TemplateException when there is anything else in it
     */
    public static Variables of(Map<String, ?> data) {
        Map<String, Object> values = new HashMap<>();
        data.forEach((name, value) -> values.put(name.intern(), plain(value, name, 0)));
        return new Variables(Collections.unmodifiableMap(values));
    }

    Map<String, Object> values() {
        return values;
    }

    /** The value as the engine holds it. */
    static Object plain(Object value, String name, int depth) {
        if (depth > 100) {
            throw new TemplateException("variable '" + name + "' is nested more than 100 deep");
        }
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
        if (value instanceof Map<?, ?> map) {
            Dict dict = new Dict();
            map.forEach((key, element) -> dict.put(plain(key, name, depth + 1), plain(element, name, depth + 1)));
            return dict;
        }
        if (value instanceof Iterable<?> elements) {
            List<Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(plain(element, name, depth + 1)));
            return list;
        }
        throw new TemplateException(
                "variable '" + name + "' holds a " + value.getClass().getName()
                        + "; only maps, lists, strings, numbers, booleans and null can be used in templates");
    }

    /** A value of its own for everything that can be changed in {@code value}. */
    static Object copy(Object value) {
        if (value instanceof Dict dict) {
            Dict copy = new Dict();
            dict.forEach((key, element) -> copy.put(key, copy(element)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copy(element)));
            return copy;
        }
        return value;
    }
}
