package io.jenkins.plugins.imagefactory.runner;

import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one call in a Jenkinsfile.
 *
 * @param named {@code name: value} pairs
 * @param positional values given without a name
 * @param body the block after the call; null if there is none
 */
record Arguments(Map<String, Object> named, List<Object> positional, Closure<?> body) {

    static Arguments of(Object groovyArguments) {
        Map<String, Object> named = new LinkedHashMap<>();
        List<Object> positional = new ArrayList<>();
        Closure<?> body = null;
        for (Object argument : (Object[]) groovyArguments) {
            if (argument instanceof Closure<?> closure) {
                body = closure;
            } else if (argument instanceof Map<?, ?> map) {
                map.forEach((name, value) -> named.put(String.valueOf(name), value));
            } else {
                positional.add(argument);
            }
        }
        return new Arguments(named, positional, body);
    }

    /** The one value given without a name; null if there is none. */
    Object sole() {
        return positional.isEmpty() ? null : positional.get(0);
    }

    /** The value of that name, or the one without a name. */
    Object get(String name) {
        return named.getOrDefault(name, sole());
    }

    String text(String name) {
        Object value = get(name);
        return value == null ? null : value.toString();
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(named.get(name));
    }
}
