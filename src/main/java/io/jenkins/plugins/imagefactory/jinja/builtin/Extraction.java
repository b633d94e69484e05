package io.jenkins.plugins.imagefactory.jinja.builtin;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Attributes;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringMethods;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Gets what an {@code attribute='a.b.0'} of a filter names out of an element. */
public final class Extraction {
    private Extraction() {}

    /**
     * @param attribute name, index or path with dots; null for the element itself
     * @param standard instead of what is undefined, null for none
     */
    public static UnaryOperator<Object> of(
            @CheckForNull Object attribute, @CheckForNull Object standard, boolean ignoreCase) {
        List<Object> path = path(attribute);
        return element -> {
            Object value = element;
            for (Object part : path) {
                value = Attributes.item(value, part);
                if (value instanceof Undefined && standard != null) {
                    value = standard;
                }
            }
            return ignoreCase && Types.isString(value)
                    ? StringMethods.like(value, PythonText.lower(value.toString()))
                    : value;
        };
    }

    /** Of {@code sum(attribute='a,b')} and the like there are several, separated by commas. */
    static List<UnaryOperator<Object>> several(Object attributes, boolean ignoreCase) {
        List<UnaryOperator<Object>> getters = new ArrayList<>();
        if (Types.isString(attributes)) {
            for (String attribute : attributes.toString().split(",", -1)) {
                getters.add(of(attribute, null, ignoreCase));
            }
        } else {
            getters.add(of(attributes, null, ignoreCase));
        }
        return getters;
    }

    private static List<Object> path(Object attribute) {
        if (attribute == null) {
            return List.of();
        }
        if (!Types.isString(attribute)) {
            return List.of(attribute);
        }
        List<Object> path = new ArrayList<>();
        for (String part : attribute.toString().split("\\.", -1)) {
            boolean index = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
            path.add(index ? Numbers.normal(new BigInteger(part)) : part);
        }
        return path;
    }
}
