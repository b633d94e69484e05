package io.jenkins.plugins.imagefactory.jinja.python;

import java.math.BigInteger;
import java.util.List;

/** Python's names of the types of values. */
public final class Types {
    private Types() {}

    public static String name(Object value) {
        if (value == null) {
            return "NoneType";
        }
        if (value instanceof String) {
            return "str";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Long || value instanceof BigInteger) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value instanceof Range) {
            return "range";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof Tuple) {
            return "tuple";
        }
        if (value instanceof Dict) {
            return "dict";
        }
        if (value instanceof DictView view) {
            return view.kind().type;
        }
        if (value instanceof Attributed attributed) {
            return attributed.typeName();
        }
        if (value instanceof Undefined) {
            return "AnsibleUndefined";
        }
        if (value instanceof Callable) {
            return value instanceof Function ? "function" : "builtin_function_or_method";
        }
        return value.getClass().getSimpleName();
    }

    public static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
    }

    public static boolean isNumber(Object value) {
        return isInteger(value) || value instanceof Double;
    }

    public static boolean isString(Object value) {
        return value instanceof String || value instanceof Markup;
    }

    /** An ordered collection: list, tuple or range. */
    public static boolean isSequence(Object value) {
        return value instanceof List || value instanceof Tuple;
    }
}
