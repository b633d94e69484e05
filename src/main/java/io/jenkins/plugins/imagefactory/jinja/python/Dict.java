package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A Python dict: keeps the order of insertion, and 1, 1.0 and True are one key. */
public final class Dict {
    private static final int BYTES_OF_ENTRY = 96;

    private final LinkedHashMap<Object, Object> values = new LinkedHashMap<>();
    /** The keys as they were given, where that differs from how they are compared. */
    private Map<Object, Object> originals;

    public Object get(Object key) {
        return values.get(hashable(key));
    }

    public boolean has(Object key) {
        return values.containsKey(hashable(key));
    }

    public void put(Object key, Object value) {
        Object hashable = hashable(key);
        if (hashable != key && !values.containsKey(hashable)) {
            if (originals == null) {
                originals = new HashMap<>();
            }
            originals.put(hashable, key);
        }
        if (values.put(hashable, value) == null) {
            Budget.current().bytes(BYTES_OF_ENTRY);
        }
    }

    public Object remove(Object key) {
        Object hashable = hashable(key);
        if (originals != null) {
            originals.remove(hashable);
        }
        return values.remove(hashable);
    }

    public void clear() {
        values.clear();
        originals = null;
    }

    public int size() {
        return values.size();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public void forEach(BiConsumer<Object, Object> action) {
        values.forEach((key, value) -> action.accept(original(key), value));
    }

    public void putAll(Dict other) {
        other.forEach(this::put);
    }

    public Dict copy() {
        return withValues(value -> value);
    }

    /** The same keys with what becomes of their values. */
    public Dict withValues(UnaryOperator<Object> change) {
        Budget.current().bytes(Limits.product(BYTES_OF_ENTRY, values.size()));
        Dict changed = new Dict();
        values.forEach((key, value) -> changed.values.put(key, change.apply(value)));
        changed.originals = originals == null ? null : new HashMap<>(originals);
        return changed;
    }

    public List<Object> keys() {
        List<Object> keys = new ArrayList<>(values.size());
        values.keySet().forEach(key -> keys.add(original(key)));
        return keys;
    }

    public List<Object> values() {
        return new ArrayList<>(values.values());
    }

    public List<Object> items() {
        List<Object> items = new ArrayList<>(values.size());
        forEach((key, value) -> items.add(Tuple.of(key, value)));
        return items;
    }

    /** The keys that are strings, for suggestions. */
    public List<String> names() {
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
            Budget.current().elements(1 + tuple.items().size());
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

    /** What Python's dict() makes of a dict or pairs, and names. */
    public static Dict of(List<?> sources, Dict named) {
        if (sources.size() > 1) {
            throw new TemplateException("dict() takes at most one argument without a name");
        }
        Dict dict = new Dict();
        if (!sources.isEmpty()) {
            if (sources.get(0) instanceof Dict source) {
                dict.putAll(source);
            } else {
                addPairs(Iteration.of(sources.get(0)), dict);
            }
        }
        dict.putAll(named);
        return dict;
    }

    private static void addPairs(List<Object> pairs, Dict dict) {
        for (Object pair : pairs) {
            List<Object> parts = Iteration.of(pair);
            if (parts.size() != 2) {
                throw new TemplateException("a dict is made of pairs, but one element has " + parts.size() + " parts");
            }
            dict.put(parts.get(0), parts.get(1));
        }
    }
}
