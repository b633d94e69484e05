package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a function, written as Python writes them: {@code "s, width=4, first=False, *args, **kwargs"}. Those before
 * a {@code /} cannot be given by name, those after a {@code *} only by name.
 */
final class Signature {
    private static final Object REQUIRED = new Object();

    private final String function;
    private final List<String> names = new ArrayList<>();
    private final List<Object> defaults = new ArrayList<>();
    private int positionalOnly;
    private int positional = -1;
    private boolean varargs;
    private boolean kwargs;

    Signature(String function, String parameters) {
        this.function = function;
        for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split(", ")) {
            if (parameter.equals("/")) {
                positionalOnly = names.size();
            } else if (parameter.startsWith("**")) {
                kwargs = true;
            } else if (parameter.startsWith("*")) {
                varargs = parameter.length() > 1;
                positional = names.size();
            } else {
                int equals = parameter.indexOf('=');
                names.add(equals < 0 ? parameter : parameter.substring(0, equals));
                defaults.add(equals < 0 ? REQUIRED : constant(parameter.substring(equals + 1)));
            }
        }
        if (positional < 0) {
            positional = names.size();
        }
    }

    private static Object constant(String text) {
        return switch (text) {
            case "None" -> null;
            case "True" -> true;
            case "False" -> false;
            case "" -> throw new IllegalArgumentException("a default is missing");
            default ->
                text.startsWith("'")
                        ? StringLiteral.unescape(text.substring(1, text.length() - 1))
                        : text.contains(".") ? (Object) Double.valueOf(text) : (Object) Long.valueOf(text);
        };
    }

    /** The values in the order of the parameters; then a List of the further ones for {@code *}, then a Dict for {@code **}. */
    Object[] bind(Arguments arguments) {
        int count = names.size();
        Object[] bound = new Object[count + (varargs ? 1 : 0) + (kwargs ? 1 : 0)];
        List<Object> given = arguments.positional();
        int direct = Math.min(given.size(), positional);
        for (int i = 0; i < direct; i++) {
            bound[i] = given.get(i);
        }
        for (int i = direct; i < count; i++) {
            bound[i] = defaults.get(i);
        }
        if (varargs) {
            bound[count] = new ArrayList<>(given.subList(direct, given.size()));
        } else if (given.size() > positional) {
            throw new TemplateException(
                    function + "() takes at most " + positional + " arguments, but " + given.size() + " were given");
        }
        if (kwargs) {
            bound[bound.length - 1] = new Dict();
        }
        for (Map.Entry<String, Object> named : arguments.named().entrySet()) {
            bindNamed(bound, direct, named.getKey(), named.getValue());
        }
        for (int i = 0; i < count; i++) {
            if (bound[i] == REQUIRED) {
                throw new TemplateException(function + "() needs the argument '" + names.get(i) + "'");
            }
        }
        return bound;
    }

    private void bindNamed(Object[] bound, int direct, String name, Object value) {
        int index = names.indexOf(name);
        if (index < positionalOnly) {
            if (!kwargs) {
                throw new TemplateException(
                        function + "() has no argument named '" + name + "'", Suggestion.nearest(name, names));
            }
            ((Dict) bound[bound.length - 1]).put(name, value);
        } else if (index < direct) {
            throw new TemplateException(function + "() got the argument '" + name + "' twice");
        } else {
            bound[index] = value;
        }
    }
}
