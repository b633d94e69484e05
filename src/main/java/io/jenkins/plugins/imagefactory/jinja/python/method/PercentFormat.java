package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.math.BigInteger;
import java.util.List;

/**
 * Python's {@code '…' % values}, after
 * <a href="https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting">printf-style formatting</a>.
 */
public final class PercentFormat {
    private final Budget budget;
    private final String format;
    private final Object values;
    private final boolean markup;
    private final StringBuilder out = new StringBuilder();
    private int position;
    private int used;
    private boolean named;

    private PercentFormat(Budget budget, Object format, Object values) {
        this.budget = budget;
        this.format = format.toString();
        this.values = values;
        this.markup = format instanceof Markup;
    }

    public static Object format(Budget budget, Object format, Object values) {
        return StringMethods.like(format, new PercentFormat(budget, format, values).run());
    }

    private String run() {
        while (position < format.length()) {
            int percent = format.indexOf('%', position);
            if (percent < 0) {
                break;
            }
            out.append(format, position, percent);
            position = percent + 1;
            directive();
            budget.room(out.length());
        }
        if (position < format.length()) {
            out.append(format.substring(position));
        }
        checkAllUsed();
        return out.toString();
    }

    private void checkAllUsed() {
        int count = values instanceof Tuple tuple ? tuple.items().size() : 1;
        boolean unused = used < count && !named && !(values instanceof Dict) && !(values instanceof List);
        if (unused) {
            throw new TemplateException("not all values are used by the format string");
        }
    }

    private void directive() {
        Object value = null;
        boolean hasValue = false;
        if (peek() == '(') {
            value = namedValue();
            hasValue = true;
            named = true;
        }
        int flagsStart = position;
        while ("#0- +".indexOf(peek()) >= 0) {
            position++;
        }
        String flags = format.substring(flagsStart, position);
        int width = number();
        if (width < 0 && flags.indexOf('-') < 0) {
            flags += '-';
        }
        int precision = -1;
        if (peek() == '.') {
            position++;
            precision = Math.max(0, number());
        }
        while ("hlL".indexOf(peek()) >= 0) {
            position++;
        }
        char type = peek();
        position++;
        if (type == '%') {
            out.append('%');
            return;
        }
        if ("diouxXeEfFgGcrsa".indexOf(type) < 0) {
            throw new TemplateException("unsupported format character '" + type + "'");
        }
        write(hasValue ? value : nextValue(), type, flags, Math.abs(width), precision);
    }

    private void write(Object value, char type, String flags, int width, int precision) {
        boolean left = flags.indexOf('-') >= 0;
        boolean zero = flags.indexOf('0') >= 0 && !left;
        char sign = flags.indexOf('+') >= 0 ? '+' : flags.indexOf(' ') >= 0 ? ' ' : '-';
        boolean alternate = flags.indexOf('#') >= 0;
        budget.characters(Math.max((long) width, precision), 1);
        if ("crsa".indexOf(type) >= 0) {
            String text = text(value, type);
            String cut = precision >= 0 && type != 'c' && PythonText.length(text) > precision
                    ? PythonText.slice(text, 0, precision)
                    : text;
            out.append(NumberText.pad(cut, width, " ", left ? '<' : '>'));
            return;
        }
        String body = "eEfFgG".indexOf(type) >= 0
                ? signed(NumberText.realText(real(value, type), type, precision < 0 ? 6 : precision, alternate), sign)
                : signed(integerText(value, type, precision, alternate), sign);
        boolean finite = body.indexOf('n') < 0 && body.indexOf('N') < 0;
        out.append(zero && finite ? zeroPadded(body, width, "") : NumberText.pad(body, width, " ", left ? '<' : '>'));
    }

    private String text(Object value, char type) {
        return switch (type) {
            case 's' -> markup ? Markup.escape(value).text() : PythonRepr.str(value);
            case 'c' -> NumberText.character(value);
            default -> {
                String repr = type == 'a' ? NumberText.ascii(PythonRepr.repr(value)) : PythonRepr.repr(value);
                yield markup ? Markup.escaped(repr) : repr;
            }
        };
    }

    private String integerText(Object value, char type, int precision, boolean alternate) {
        if (!Types.isNumber(value) || value instanceof Double && "di".indexOf(type) < 0 && type != 'u') {
            Undefined.fail(value);
            throw new TemplateException("%" + type + " needs a number, not a " + Types.name(value));
        }
        BigInteger number = value instanceof Double real ? Numbers.big(Numbers.truncated(real)) : Numbers.big(value);
        String digits = NumberText.radix(number.abs(), type == 'i' || type == 'u' ? 'd' : type);
        String padded = "0".repeat(Math.max(0, precision - digits.length())) + digits;
        return (number.signum() < 0 ? "-" : "") + (alternate ? NumberText.prefix(type) : "") + padded;
    }

    private Object namedValue() {
        int depth = 1;
        int start = ++position;
        while (depth > 0) {
            if (position >= format.length()) {
                throw new TemplateException("a key in the format string is not closed by ')'");
            }
            char c = format.charAt(position++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        String key = format.substring(start, position - 1);
        if (!(values instanceof Dict dict)) {
            throw new TemplateException("the format string names '" + key + "' and so needs a dict");
        }
        if (!dict.has(key)) {
            throw new TemplateException(
                    "the format string's key '" + key + "' is not in the dict", Suggestion.nearest(key, dict.names()));
        }
        return dict.get(key);
    }

    private Object nextValue() {
        if (values instanceof Tuple tuple) {
            if (used >= tuple.items().size()) {
                throw new TemplateException("the format string needs more values than are given");
            }
            return tuple.items().get(used++);
        }
        if (used++ > 0) {
            throw new TemplateException("the format string needs more values than are given");
        }
        return values;
    }

    private int number() {
        if (peek() == '*') {
            position++;
            return Numbers.toInt(nextValue(), "a width given by *");
        }
        int start = position;
        while (Character.isDigit(peek())) {
            position++;
        }
        return start == position ? 0 : FormatSpec.parseInt(format.substring(start, position));
    }

    private char peek() {
        if (position >= format.length()) {
            throw new TemplateException("the format string is incomplete");
        }
        return format.charAt(position);
    }

    private static double real(Object value, char type) {
        if (!Types.isNumber(value)) {
            Undefined.fail(value);
            throw new TemplateException("%" + type + " needs a number, not a " + Types.name(value));
        }
        return Numbers.real(value);
    }

    private static String signed(String number, char sign) {
        return sign == '-' || number.startsWith("-") ? number : sign + number;
    }

    private static String zeroPadded(String number, int width, String none) {
        boolean signed = number.startsWith("-") || number.startsWith("+") || number.startsWith(" ");
        String sign = signed ? number.substring(0, 1) : none;
        String digits = signed ? number.substring(1) : number;
        boolean based = digits.length() > 1 && digits.charAt(0) == '0' && "xXo".indexOf(digits.charAt(1)) >= 0;
        String prefix = based ? digits.substring(0, 2) : none;
        String rest = digits.substring(prefix.length());
        return sign + prefix + "0".repeat(Math.max(0, width - number.length())) + rest;
    }
}
