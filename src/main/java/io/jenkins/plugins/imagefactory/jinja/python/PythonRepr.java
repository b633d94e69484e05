package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Python's {@code str()} and {@code repr()}. */
public final class PythonRepr {
    /** Python refuses to write a longer integer. */
    private static final BigInteger LARGEST_WRITTEN = BigInteger.TEN.pow(4300);

    /** A shorter text is counted by what is made of it. */
    private static final int LEAST_COUNTED = 1000;

    private final StringBuilder out;

    private final Budget budget = Budget.current();
    /** The containers being written, to notice one that contains itself. */
    private final List<Object> open = new ArrayList<>();

    private PythonRepr(StringBuilder out) {
        this.out = out;
    }

    public static String str(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Markup markup) {
            return markup.text();
        }
        if (value instanceof Long || value instanceof PythonObject) {
            return value.toString();
        }
        return repr(value);
    }

    public static String repr(Object value) {
        StringBuilder out = new StringBuilder();
        new PythonRepr(out).write(value);
        return out.length() < LEAST_COUNTED ? out.toString() : Budget.current().text(out.toString());
    }

    private void write(Object value) {
        if (value == null) {
            out.append("None");
        } else if (value instanceof String text) {
            quote(text, out);
        } else if (value instanceof Boolean flag) {
            out.append(flag ? "True" : "False");
        } else if (value instanceof Long) {
            out.append(value);
        } else if (value instanceof BigInteger big) {
            out.append(integer(big));
        } else if (value instanceof Double real) {
            out.append(PythonFloat.repr(real));
        } else if (value instanceof Markup markup) {
            out.append("Markup(");
            quote(markup.text(), out);
            out.append(')');
        } else if (value instanceof PythonObject object) {
            out.append(object.repr());
        } else if (value instanceof Range range) {
            out.append("range(").append(range.start).append(", ").append(range.stop);
            out.append(range.step == 1 ? "" : ", " + range.step).append(')');
        } else if (value instanceof Undefined undefined) {
            if (!undefined.isLenient()) {
                throw undefined.failure();
            }
        } else if (value instanceof List
                || value instanceof Tuple
                || value instanceof Dict
                || value instanceof DictView) {
            container(value);
        } else {
            other(value);
        }
    }

    private void container(Object value) {
        for (Object outer : open) {
            if (outer == value) {
                out.append(value instanceof List ? "[...]" : value instanceof Dict ? "{...}" : "(...)");
                return;
            }
        }
        open.add(value);
        if (value instanceof List<?> list) {
            elements("[", list, "]");
        } else if (value instanceof Tuple tuple) {
            elements("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
        } else if (value instanceof Dict dict) {
            pairs(dict);
        } else if (value instanceof DictView view) {
            elements(view.kind().type + "([", view.elements(), "])");
        }
        open.remove(open.size() - 1);
    }

    private void elements(String start, List<?> elements, String end) {
        out.append(start);
        for (int i = 0; i < elements.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(elements.get(i));
            grown();
        }
        out.append(end);
    }

    private void pairs(Dict dict) {
        int start = out.append('{').length();
        dict.forEach((key, value) -> {
            out.append(out.length() == start ? "" : ", ");
            write(key);
            out.append(": ");
            write(value);
            grown();
        });
        out.append('}');
    }

    private void grown() {
        budget.tick();
        budget.room(out.length());
    }

    private void other(Object value) {
        if (value instanceof Callable && !(value instanceof Attributed)) {
            throw new TemplateException("a function or method is printed; it must be called: add ()");
        }
        out.append(value);
    }

    public static String integer(BigInteger value) {
        if (value.abs().compareTo(LARGEST_WRITTEN) >= 0) {
            throw new TemplateException("an integer of more than 4300 digits cannot be printed");
        }
        return value.toString();
    }

    static void quote(String text, StringBuilder out) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == quote || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c >= ' ' && c < 127 || c > 160 && PythonText.isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                escape(c, out);
            }
        }
        out.append(quote);
    }

    private static void escape(int c, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append(c < 0x100 ? hex("\\x", c, 2) : c < 0x10000 ? hex("\\u", c, 4) : hex("\\U", c, 8));
        }
    }

    public static String hex(String prefix, int c, int digits) {
        String hex = Integer.toHexString(c);
        return prefix + "0".repeat(digits - hex.length()) + hex;
    }
}
