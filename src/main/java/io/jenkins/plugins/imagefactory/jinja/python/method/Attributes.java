package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.List;

/** {@code value.name} and {@code value[key]}: attributes and items, each looked for as the other when it is not there. */
public final class Attributes {
    private Attributes() {}

    /** The attribute (a method or what the language itself provides), else the item of that name, else Undefined. */
    public static Object attribute(Object owner, String name) {
        Object value = attributeOnly(owner, name);
        if (value != Attributed.MISSING) {
            return value;
        }
        if (owner instanceof Dict dict && dict.has(name)) {
            return dict.get(name);
        }
        return missing(owner, name);
    }

    /** The item, else for a string the attribute of that name, else Undefined. */
    public static Object item(Object owner, Object key) {
        if (key instanceof Undefined undefined && !undefined.isLenient() && owner instanceof Dict) {
            throw undefined.failure();
        }
        if (owner instanceof Dict dict) {
            if (!isHashable(key)) {
                return missing(owner, PythonRepr.str(key));
            }
            Object value = dict.get(key);
            if (value != null || dict.has(key)) {
                return value;
            }
        } else if (Types.isInteger(key)) {
            Object element = element(owner, key);
            if (element != Attributed.MISSING) {
                return element;
            }
        }
        if (Types.isString(key)) {
            Object value = attributeOnly(owner, key.toString());
            if (value != Attributed.MISSING) {
                return value;
            }
        }
        return missing(owner, owner instanceof Undefined ? "" : PythonRepr.str(key));
    }

    /** The item alone, else Undefined. */
    static Object itemOnly(Object owner, Object key) {
        if (owner instanceof Dict dict && dict.has(key)) {
            return dict.get(key);
        }
        Object element = !(owner instanceof Dict) && Types.isInteger(key) ? element(owner, key) : Attributed.MISSING;
        return element == Attributed.MISSING ? missing(owner, PythonRepr.str(key)) : element;
    }

    private static boolean isHashable(Object key) {
        return !(key instanceof List && !(key instanceof Range)) && !(key instanceof Dict);
    }

    private static Object element(Object owner, Object key) {
        if (Types.isString(owner)) {
            String text = owner.toString();
            int index = index(key, PythonText.length(text));
            return index < 0 ? Attributed.MISSING : character(owner, text, index);
        }
        List<?> elements = owner instanceof List<?> list ? list : owner instanceof Tuple tuple ? tuple.items() : null;
        if (elements == null) {
            return Attributed.MISSING;
        }
        int index = index(key, elements.size());
        return index < 0 ? Attributed.MISSING : elements.get(index);
    }

    private static Object character(Object owner, String text, int index) {
        String character = PythonText.at(text, index);
        return owner instanceof Markup ? new Markup(character) : character;
    }

    /** From the start, or -1 when out of bounds. */
    private static int index(Object key, int length) {
        long index = Numbers.clamped(key);
        long fromStart = index < 0 ? index + length : index;
        return fromStart < 0 || fromStart >= length ? -1 : (int) fromStart;
    }

    /** A method or what the language itself provides, never an item; or MISSING. */
    public static Object attributeOnly(Object owner, String name) {
        if (owner instanceof Attributed attributed) {
            return attributed.attribute(name);
        }
        if (owner instanceof Tuple tuple && tuple.names().contains(name)) {
            return tuple.items().get(tuple.names().indexOf(name));
        }
        if (owner instanceof Undefined) {
            return Attributed.MISSING;
        }
        Object method = Methods.of(owner, name);
        if (method == Attributed.MISSING && name.startsWith("__") && name.endsWith("__")) {
            throw new TemplateException("'" + name + "' cannot be reached from a template");
        }
        return method;
    }

    private static Undefined missing(Object owner, String name) {
        if (owner instanceof Undefined undefined) {
            if (undefined.isLenient()) {
                throw undefined.failure();
            }
            return undefined;
        }
        if (owner instanceof Dict dict) {
            return Undefined.attribute(owner, name, dict::names);
        }
        return Undefined.attribute(owner, name, () -> Methods.names(owner));
    }
}
