package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringSplitting;
import java.util.ArrayList;
import java.util.List;

/** The {@code pprint} filter: as Python's pprint, in 80 columns, dicts sorted by key only where they are broken over lines. */
final class PrettyPrint {
    private static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder();

    private PrettyPrint() {}

    static String of(Object value) {
        PrettyPrint printer = new PrettyPrint();
        printer.write(value, 0, 0);
        return printer.out.toString();
    }

    /**
     * @param indent column where it starts
     * @param allowance columns to leave for what closes it
     */
    private void write(Object value, int indent, int allowance) {
        int room = WIDTH - indent - allowance;
        StringBuilder line = new StringBuilder();
        flatten(value, line, 2 * Math.max(0, room));
        String flat = line.toString();
        Budget.current().room(out.length());
        if (PythonText.length(flat) <= room) {
            out.append(flat);
        } else if (value instanceof Dict dict && !dict.isEmpty()) {
            writeDict(dict, indent, allowance);
        } else if (value instanceof List<?> list && !(value instanceof Range)) {
            writeItems("[", list, "]", indent, allowance);
        } else if (value instanceof Tuple tuple) {
            writeItems("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")", indent, allowance);
        } else if (value instanceof String text) {
            writeString(text, indent, allowance);
        } else {
            out.append(PythonRepr.repr(value));
        }
    }

    private static String flat(Object value) {
        StringBuilder flat = new StringBuilder();
        flatten(value, flat, Integer.MAX_VALUE);
        return flat.toString();
    }

    /** Appends it on one line, at least up to a length. */
    private static void flatten(Object value, StringBuilder flat, int enough) {
        Budget.current().tick();
        Budget.current().room(flat.length());
        if (flat.length() > enough) {
            return;
        }
        if (value instanceof Dict dict) {
            String separator = "{";
            for (Object key : sortedKeys(dict)) {
                flat.append(separator);
                flatten(key, flat, enough);
                flatten(dict.get(key), flat.append(": "), enough);
                separator = ", ";
            }
            flat.append(dict.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list && !(value instanceof Range)) {
            flattenAll(list, flat.append('['), enough);
            flat.append(']');
        } else if (value instanceof Tuple tuple) {
            flattenAll(tuple.items(), flat.append('('), enough);
            flat.append(tuple.items().size() == 1 ? ",)" : ")");
        } else {
            flat.append(PythonRepr.repr(value));
        }
    }

    private static void flattenAll(List<?> values, StringBuilder flat, int enough) {
        for (int i = 0; i < values.size() && flat.length() <= enough; i++) {
            flatten(values.get(i), i == 0 ? flat : flat.append(", "), enough);
        }
    }

    /** In order; where keys cannot be ordered, by the names of their types. */
    private static List<Object> sortedKeys(Dict dict) {
        List<Object> keys = dict.keys();
        keys.sort((a, b) -> {
            try {
                return Operators.less(a, b) ? -1 : Operators.less(b, a) ? 1 : 0;
            } catch (TemplateException unordered) {
                return typeName(a).compareTo(typeName(b));
            }
        });
        return keys;
    }

    private static String typeName(Object value) {
        return "<class '" + Types.name(value) + "'>";
    }

    private void writeDict(Dict dict, int indent, int allowance) {
        out.append('{');
        List<Object> keys = sortedKeys(dict);
        for (int i = 0; i < keys.size(); i++) {
            boolean last = i == keys.size() - 1;
            String key = flat(keys.get(i));
            out.append(key).append(": ");
            write(dict.get(keys.get(i)), indent + 1 + PythonText.length(key) + 2, last ? allowance + 1 : 1);
            out.append(last ? "}" : ",\n" + " ".repeat(indent + 1));
        }
    }

    private void writeItems(String start, List<?> items, String end, int indent, int allowance) {
        out.append(start);
        for (int i = 0; i < items.size(); i++) {
            boolean last = i == items.size() - 1;
            write(items.get(i), indent + 1, last ? allowance + end.length() : 1);
            out.append(last ? "" : ",\n" + " ".repeat(indent + 1));
        }
        out.append(end);
    }

    /** A long string as several literals, one below the other. */
    private void writeString(String text, int indent, int allowance) {
        boolean outermost = out.isEmpty();
        int column = outermost ? indent + 1 : indent;
        int closing = outermost ? allowance + 1 : allowance;
        List<String> literals = new ArrayList<>();
        List<Object> lines = StringSplitting.splitlines(text, true);
        for (int i = 0; i < lines.size(); i++) {
            int room = WIDTH - column - (i == lines.size() - 1 ? closing : 0);
            String line = (String) lines.get(i);
            if (PythonText.length(PythonRepr.repr(line)) <= room) {
                literals.add(PythonRepr.repr(line));
            } else {
                addParts(line, WIDTH - column, i == lines.size() - 1 ? closing : 0, literals);
            }
        }
        if (literals.size() == 1) {
            out.append(PythonRepr.repr(text));
            return;
        }
        String joined = String.join("\n" + " ".repeat(column), literals);
        out.append(outermost ? "(" + joined + ")" : joined);
    }

    private static void addParts(String line, int room, int closing, List<String> literals) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= line.length(); i++) {
            boolean wordEnds =
                    i == line.length() || PythonText.isSpace(line.charAt(i - 1)) && !PythonText.isSpace(line.charAt(i));
            if (wordEnds) {
                parts.add(line.substring(start, i));
                start = i;
            }
        }
        String current = "";
        for (int i = 0; i < parts.size(); i++) {
            Budget.current().tick();
            String candidate = current + parts.get(i);
            int allowed = i == parts.size() - 1 ? room - closing : room;
            if (PythonText.length(PythonRepr.repr(candidate)) > allowed) {
                if (!current.isEmpty()) {
                    literals.add(PythonRepr.repr(current));
                }
                current = parts.get(i);
            } else {
                current = candidate;
            }
        }
        if (!current.isEmpty()) {
            literals.add(PythonRepr.repr(current));
        }
    }
}
