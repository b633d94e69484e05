package io.jenkins.plugins.imagefactory.jinja.python;

import java.util.HashMap;
import java.util.Map;

/** Functions by name, as they are defined. */
public final class Functions {
    private final Map<String, Function> functions = new HashMap<>();

    /** @param signature name and parameters: {@code "center(value, width=80)"} */
    public Functions define(String signature, Function.Body body) {
        int parenthesis = signature.indexOf('(');
        String name = signature.substring(0, parenthesis);
        functions.put(name, new Function(name, signature.substring(parenthesis + 1, signature.length() - 1), body));
        return this;
    }

    public Functions alias(String alias, String name) {
        functions.put(alias, functions.get(name));
        return this;
    }

    public Map<String, Function> toMap() {
        return Map.copyOf(functions);
    }
}
