package io.jenkins.plugins.imagefactory.jenkins.result;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shape in which a Pipeline gets a result: a map of the record's components in their order, with all records in it as
 * maps, too; null is an entry, an empty {@link Optional} is none. {@code isProtected} is called {@code protected}, as properties
 * of beans are. Templates know results in the same shape.
 */
public final class PipelineShape {
    private PipelineShape() {}

    /** A map or a list, which is the caller's own: of texts, numbers, booleans, maps and lists. */
    public static Object of(OperationResult result) {
        return result instanceof RenderedTemplates rendered ? plain(rendered.templates()) : map((Record) result);
    }

    private static Map<String, Object> map(Record shaped) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : shaped.getClass().getRecordComponents()) {
            Object value = value(shaped, component);
            if (value instanceof OperationResult) {
                map.putAll(map((Record) value));
            } else if (value instanceof Optional<?> perhaps) {
                perhaps.ifPresent(there -> map.put(key(component), plain(there)));
            } else {
                map.put(key(component), plain(value));
            }
        }
        return map;
    }

    private static Object value(Record shaped, RecordComponent component) {
        try {
            return component.getAccessor().invoke(shaped);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(RecordComponent component) {
        String name = component.getName();
        return name.matches("is\\p{Lu}.*") ? Character.toLowerCase(name.charAt(2)) + name.substring(3) : name;
    }

    /** Maps are plain already. */
    private static Object plain(Object value) {
        if (value instanceof Record shaped) {
            return map(shaped);
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : value;
    }
}
