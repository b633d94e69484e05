package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.math.BigInteger;
import java.util.List;

/**
 * Python's {@code '…'.format(values)}, after
 * <a href="https://docs.python.org/3/library/string.html#format-string-syntax">format string syntax</a>.
 */
final class BraceFormat {
    private final Budget budget;
    private final boolean markup;
    private final List<?> positional;
    private final Dict named;
    private int automatic;
    private boolean manual;

    private BraceFormat(Budget budget, Object format, List<?> positional, Dict named) {
        this.budget = budget;
        this.markup = format instanceof Markup;
        this.positional = positional;
        this.named = named;
    }

    static Object format(Budget budget, Object format, List<?> positional, Dict named) {
        String text = new BraceFormat(budget, format, positional, named).run(format.toString(), 2);
        return StringMethods.like(format, text);
    }

    private String run(String format, int levels) {
        if (levels == 0) {
            throw new TemplateException("replacement fields are nested too deep");
        }
        StringBuilder out = new StringBuilder();
        int position = 0;
        while (position < format.length()) {
            char c = format.charAt(position);
            boolean doubled = position + 1 < format.length() && format.charAt(position + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.append(c);
                position += 2;
            } else if (c == '}') {
                throw new TemplateException("single '}' in a format string");
            } else if (c == '{') {
                int end = fieldEnd(format, position + 1);
                out.append(field(format.substring(position + 1, end), levels));
                position = end + 1;
            } else {
                out.append(c);
                position++;
            }
        }
        return out.toString();
    }

    private static int fieldEnd(String format, int start) {
        int depth = 1;
        boolean inKey = false;
        for (int i = start; i < format.length(); i++) {
            char c = format.charAt(i);
            if (inKey) {
                inKey = c != ']';
            } else if (c == '[') {
                inKey = depth == 1;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        throw new TemplateException("a '{' in a format string is not closed");
    }

    private String field(String field, int levels) {
        int end = 0;
        boolean inKey = false;
        while (end < field.length() && (inKey || field.charAt(end) != '!' && field.charAt(end) != ':')) {
            inKey = field.charAt(end) == '[' || inKey && field.charAt(end) != ']';
            end++;
        }
        Object value = value(field.substring(0, end));
        String rest = field.substring(end);
        if (rest.startsWith("!")) {
            if (rest.length() < 2 || rest.length() > 2 && rest.charAt(2) != ':') {
                throw new TemplateException("a conversion in a format string is not one letter followed by ':' or '}'");
            }
            value = converted(value, rest.charAt(1));
            rest = rest.substring(2);
        }
        String spec = rest.isEmpty() ? "" : run(rest.substring(1), levels - 1);
        String written = FormatSpec.formatted(budget, value, spec);
        return markup && !(value instanceof Markup) ? Markup.escaped(written) : written;
    }

    private static Object converted(Object value, char conversion) {
        return switch (conversion) {
            case 's' -> PythonRepr.str(value);
            case 'r' -> PythonRepr.repr(value);
            case 'a' -> NumberText.ascii(PythonRepr.repr(value));
            default -> throw new TemplateException("unknown conversion '!" + conversion + "' in a format string");
        };
    }

    private Object value(String name) {
        int end = 0;
        while (end < name.length() && name.charAt(end) != '.' && name.charAt(end) != '[') {
            end++;
        }
        Object value = first(name.substring(0, end));
        String rest = name.substring(end);
        while (!rest.isEmpty()) {
            if (rest.startsWith("[")) {
                int close = rest.indexOf(']');
                if (close < 2) {
                    throw new TemplateException("an item in a format string is not closed by ']'");
                }
                value = defined(item(value, rest.substring(1, close)));
                rest = rest.substring(close + 1);
                if (!rest.isEmpty() && !rest.startsWith("[") && !rest.startsWith(".")) {
                    throw new TemplateException("only '.' or '[' may follow ']' in a format field");
                }
            } else {
                int next = 1;
                while (next < rest.length() && rest.charAt(next) != '.' && rest.charAt(next) != '[') {
                    next++;
                }
                value = attribute(value, rest.substring(1, next));
                rest = rest.substring(next);
            }
        }
        return value;
    }

    private static Object attribute(Object owner, String name) {
        Object value = Attributes.attributeOnly(owner, name);
        if (value == Attributed.MISSING) {
            throw new TemplateException("a " + Types.name(owner) + " has no attribute '" + name + "'");
        }
        return value;
    }

    private static Object item(Object owner, String key) {
        boolean number = !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
        return Attributes.itemOnly(owner, number ? Numbers.normal(new BigInteger(key)) : key);
    }

    private Object first(String name) {
        boolean number = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!name.isEmpty() && !number) {
            if (!named.has(name)) {
                throw new TemplateException(
                        "the format string's '" + name + "' is not given", Suggestion.nearest(name, named.names()));
            }
            return named.get(name);
        }
        if (number && automatic > 0 || !number && manual) {
            throw new TemplateException("a format string cannot mix numbered and unnumbered fields");
        }
        manual |= number;
        int index = number ? FormatSpec.parseInt(name) : automatic++;
        if (index >= positional.size()) {
            throw new TemplateException("the format string needs more values than are given");
        }
        return positional.get(index);
    }

    private static Object defined(Object value) {
        Undefined.fail(value);
        return value;
    }
}
