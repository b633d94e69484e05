package io.jenkins.plugins.imagefactory.jinja.serialization;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonFloat;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Sorting;
import io.jenkins.plugins.imagefactory.jinja.python.time.PythonDate;
import io.jenkins.plugins.imagefactory.jinja.python.time.PythonDateTime;
import java.math.BigInteger;
import java.util.List;

/** JSON as Python's json module writes it. */
public final class Json {
    private Json() {}

    /** Writes values; by default on one line, in their order, escaping what is not ASCII. */
    public static final class Writer {
        private final Budget budget = Budget.current();
        private final StringBuilder out = new StringBuilder();
        private String indent;
        private boolean sorted;
        private boolean ascii = true;
        private String itemSeparator = ", ";
        private String keySeparator = ": ";

        /** @param value a number of spaces or a string for each level, or null for one line */
        public Writer indent(@CheckForNull Object value) {
            if (value == null) {
                indent = null;
            } else {
                indent = Types.isString(value)
                        ? value.toString()
                        : " ".repeat(Math.max(0, Math.min(1000, Numbers.toInt(value, "an indentation"))));
                itemSeparator = ",";
            }
            return this;
        }

        public Writer sorted(boolean value) {
            sorted = value;
            return this;
        }

        public Writer ascii(boolean value) {
            ascii = value;
            return this;
        }

        public Writer separators(String item, String key) {
            itemSeparator = item;
            keySeparator = key;
            return this;
        }

        public String write(Object value) {
            value(value, 0);
            return out.toString();
        }

        private void value(Object value, int depth) {
            budget.tick();
            budget.room(out.length());
            if (depth > 400) {
                throw new TemplateException("data is nested too deep, or contains itself, to be written as JSON");
            }
            if (value == null) {
                out.append("null");
            } else if (Types.isString(value)) {
                string(value.toString());
            } else if (value instanceof Boolean flag) {
                out.append(flag ? "true" : "false");
            } else if (value instanceof Long || value instanceof BigInteger) {
                out.append(PythonRepr.str(value));
            } else if (value instanceof Double real) {
                out.append(real(real));
            } else if (value instanceof PythonDate date) {
                string(date.toString());
            } else if (value instanceof PythonDateTime time) {
                string(time.isoformat("T"));
            } else if (value instanceof Dict dict) {
                dict(dict, depth);
            } else if (value instanceof List<?> list && !(value instanceof Range)) {
                list(list, depth);
            } else if (value instanceof Tuple tuple) {
                list(tuple.items(), depth);
            } else if (value instanceof Undefined undefined) {
                throw undefined.failure();
            } else {
                throw new TemplateException("a " + Types.name(value) + " cannot be written as JSON");
            }
        }

        private static String real(double value) {
            if (Double.isNaN(value)) {
                return "NaN";
            }
            return Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : PythonFloat.repr(value);
        }

        private void list(List<?> list, int depth) {
            if (list.isEmpty()) {
                out.append("[]");
                return;
            }
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : itemSeparator);
                newline(depth + 1);
                value(list.get(i), depth + 1);
            }
            newline(depth);
            out.append(']');
        }

        private void dict(Dict dict, int depth) {
            if (dict.isEmpty()) {
                out.append("{}");
                return;
            }
            out.append('{');
            List<Object> keys = dict.keys();
            if (sorted) {
                Sorting.sort(keys, key -> key, false);
            }
            for (int i = 0; i < keys.size(); i++) {
                out.append(i == 0 ? "" : itemSeparator);
                newline(depth + 1);
                string(key(keys.get(i)));
                out.append(keySeparator);
                value(dict.get(keys.get(i)), depth + 1);
            }
            newline(depth);
            out.append('}');
        }

        private static String key(Object key) {
            if (Types.isString(key)) {
                return key.toString();
            }
            if (key == null) {
                return "null";
            }
            if (key instanceof Boolean flag) {
                return flag ? "true" : "false";
            }
            if (key instanceof Double real) {
                return real(real);
            }
            if (Types.isInteger(key)) {
                return PythonRepr.str(key);
            }
            throw new TemplateException("a " + Types.name(key) + " cannot be a key in JSON");
        }

        private void newline(int depth) {
            if (indent != null) {
                out.append('\n').append(indent.repeat(depth));
            }
        }

        private void string(String text) {
            out.append('"');
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '"' -> out.append("\\\"");
                    case '\\' -> out.append("\\\\");
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    case '\t' -> out.append("\\t");
                    case '\f' -> out.append("\\f");
                    case '\b' -> out.append("\\b");
                    default ->
                        out.append(c < ' ' || ascii && c > 126 ? PythonRepr.hex("\\u", c, 4) : Character.toString(c));
                }
            }
            out.append('"');
        }
    }
}
