package io.jenkins.plugins.imagefactory.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A Python dict: keeps the order of insertion, and 1, 1.0 and True are one key. */
final class Dict {
    private final LinkedHashMap<Object, Object> values = new LinkedHashMap<>();
    /** The keys as they were given, where that differs from how they are compared. */
    private Map<Object, Object> originals;

    Object get(Object key) {
        return values.get(hashable(key));
    }

    boolean has(Object key) {
        return values.containsKey(hashable(key));
    }

    void put(Object key, Object value) {
        Object hashable = hashable(key);
        if (hashable != key && !values.containsKey(hashable)) {
            if (originals == null) {
                originals = new HashMap<>();
            }
            originals.put(hashable, key);
        }
        values.put(hashable, value);
    }

    Object remove(Object key) {
        Object hashable = hashable(key);
        if (originals != null) {
            originals.remove(hashable);
        }
        return values.remove(hashable);
    }

    void clear() {
        values.clear();
        originals = null;
    }

    int size() {
        return values.size();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    void forEach(BiConsumer<Object, Object> action) {
        values.forEach((key, value) -> action.accept(original(key), value));
    }

    void putAll(Dict other) {
        other.forEach(this::put);
    }

    Dict copy() {
        Dict copy = new Dict();
        copy.putAll(this);
        return copy;
    }

    List<Object> keys() {
        List<Object> keys = new ArrayList<>(values.size());
        values.keySet().forEach(key -> keys.add(original(key)));
        return keys;
    }

    List<Object> values() {
        return new ArrayList<>(values.values());
    }

    List<Object> items() {
        List<Object> items = new ArrayList<>(values.size());
        forEach((key, value) -> items.add(Tuple.of(key, value)));
        return items;
    }

    /** The keys that are strings, for suggestions. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        values.keySet().forEach(key -> {
            if (key instanceof String name) {
                names.add(name);
            }
        });
        return names;
    }

    private Object original(Object hashable) {
        return originals == null ? hashable : originals.getOrDefault(hashable, hashable);
    }

    /** What keys are compared by: equal for keys that Python holds equal. */
    static Object hashable(Object key) {
        if (key instanceof String || key instanceof Long || key == null) {
            return key;
        }
        if (key instanceof Markup markup) {
            return markup.text();
        }
        if (key instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (key instanceof Double number) {
            return Numbers.hashable(number);
        }
        if (key instanceof Tuple tuple) {
            List<Object> items = new ArrayList<>(tuple.items().size());
            tuple.items().forEach(item -> items.add(hashable(item)));
            return new Tuple(items);
        }
        if (key instanceof Undefined undefined && !undefined.isLenient()) {
            throw undefined.failure();
        }
        if (key instanceof Dict || key instanceof List) {
            throw new TemplateException("a " + Types.name(key) + " cannot be a dict's key or a set's member");
        }
        return key;
    }
}
