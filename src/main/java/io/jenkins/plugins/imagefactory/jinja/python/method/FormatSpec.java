package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonFloat;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.math.BigInteger;

/**
 * How a value is written: Python's
 * <a href="https://docs.python.org/3/library/string.html#format-specification-mini-language">format specification</a>.
 */
record FormatSpec(
        String fill, char align, char sign, boolean alternate, int width, char grouping, int precision, char type) {

    /** Python's format(value, spec). */
    static String formatted(Budget budget, Object value, String text) {
        Undefined.fail(value);
        if (text.isEmpty()) {
            return PythonRepr.str(value);
        }
        if (!Types.isString(value) && !Types.isNumber(value)) {
            throw new TemplateException("a " + Types.name(value) + " cannot be formatted with '" + text + "'");
        }
        FormatSpec spec = parse(text);
        budget.characters(Math.max((long) spec.width, spec.precision), 1);
        if (Types.isString(value)) {
            return stringFormatted(value.toString(), spec);
        }
        return value instanceof Double || "eEfFgG%".indexOf(spec.type) >= 0
                ? realFormatted(Numbers.real(value), spec, value)
                : integerFormatted(value, spec);
    }

    private static FormatSpec parse(String text) {
        int i = 0;
        String fill = " ";
        char align = 0;
        int first = Character.charCount(text.codePointAt(0));
        if (text.length() > first && "<>=^".indexOf(text.charAt(first)) >= 0) {
            fill = text.substring(0, first);
            align = text.charAt(first);
            i = first + 1;
        } else if ("<>=^".indexOf(text.charAt(0)) >= 0) {
            align = text.charAt(0);
            i = 1;
        }
        char sign = '-';
        if (i < text.length() && "+- ".indexOf(text.charAt(i)) >= 0) {
            sign = text.charAt(i++);
        }
        boolean negativeZero = i < text.length() && text.charAt(i) == 'z';
        if (negativeZero) {
            throw new TemplateException("the format specifier 'z' is not supported");
        }
        boolean alternate = i < text.length() && text.charAt(i) == '#';
        i += alternate ? 1 : 0;
        if (i < text.length() && text.charAt(i) == '0') {
            if (align == 0) {
                fill = "0";
                align = '=';
            }
            i++;
        }
        int widthStart = i;
        i = digits(text, i);
        int width = i > widthStart ? parseInt(text.substring(widthStart, i)) : 0;
        char grouping = i < text.length() && (text.charAt(i) == ',' || text.charAt(i) == '_') ? text.charAt(i++) : 0;
        int precision = -1;
        if (i < text.length() && text.charAt(i) == '.') {
            int start = i + 1;
            i = digits(text, start);
            if (i == start) {
                throw new TemplateException("the format specifier '" + text + "' misses its precision");
            }
            precision = parseInt(text.substring(start, i));
        }
        char type = i < text.length() ? text.charAt(i++) : 0;
        if (i < text.length()) {
            throw new TemplateException("invalid format specifier '" + text + "'");
        }
        return new FormatSpec(fill, align, sign, alternate, width, grouping, precision, type);
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    static int parseInt(String digits) {
        if (digits.length() > 9) {
            throw new TemplateException("too many digits in a format string");
        }
        return Integer.parseInt(digits);
    }

    private static String stringFormatted(String text, FormatSpec spec) {
        boolean fits =
                (spec.type == 0 || spec.type == 's') && spec.sign == '-' && !spec.alternate && spec.grouping == 0;
        boolean zero = spec.align == '=' && !spec.fill.equals("0");
        if (!fits || zero) {
            throw new TemplateException("a string cannot be formatted like that");
        }
        String cut = spec.precision >= 0 && PythonText.length(text) > spec.precision
                ? PythonText.slice(text, 0, spec.precision)
                : text;
        return NumberText.pad(cut, spec.width, spec.fill, spec.align == 0 || spec.align == '=' ? '<' : spec.align);
    }

    private static String integerFormatted(Object value, FormatSpec spec) {
        char type = spec.type == 0 || spec.type == 'n' ? 'd' : spec.type;
        if ("bcdoxX".indexOf(type) < 0) {
            throw new TemplateException("unknown format code '" + type + "' for an integer");
        }
        if (spec.precision >= 0) {
            throw new TemplateException("a precision is not possible when an integer is formatted");
        }
        if (type == 'c') {
            return NumberText.pad(
                    NumberText.character(value), spec.width, spec.fill, spec.align == 0 ? '<' : spec.align);
        }
        BigInteger number = Numbers.big(value);
        String digits = NumberText.radix(number.abs(), type);
        String prefix = spec.alternate ? NumberText.prefix(type) : "";
        return aligned(number.signum() < 0, prefix, digits, "", spec, type == 'd' ? 3 : spec.grouping == '_' ? 4 : 3);
    }

    private static String realFormatted(double value, FormatSpec spec, Object original) {
        if ("eEfFgGn%\0".indexOf(spec.type) < 0) {
            throw new TemplateException("unknown format code '" + spec.type + "' for a " + Types.name(original));
        }
        char type = spec.type == 'n' ? 'g' : spec.type;
        int precision = spec.precision < 0 ? 6 : spec.precision;
        String text;
        if (type == '%') {
            text = NumberText.realText(value * 100, 'f', precision, spec.alternate) + "%";
        } else if (type == 0) {
            text = spec.precision < 0 ? PythonFloat.repr(value) : generalWithPoint(value, precision);
        } else {
            text = NumberText.realText(value, type, precision, spec.alternate);
        }
        boolean negative = text.startsWith("-");
        String unsigned = negative ? text.substring(1) : text;
        int whole = digits(unsigned, 0);
        return aligned(negative, "", unsigned.substring(0, whole), unsigned.substring(whole), spec, 3);
    }

    /** With a precision but no type: as 'g', but always with a point or an exponent. */
    private static String generalWithPoint(double value, int precision) {
        int digits = Math.max(1, precision);
        String text = NumberText.realText(value, 'g', digits, false);
        if (text.indexOf('e') >= 0 || text.indexOf('.') >= 0 || text.indexOf('n') >= 0) {
            return text;
        }
        int whole = text.startsWith("-") ? text.length() - 1 : text.length();
        return whole >= digits && !text.equals("0") && !text.equals("-0")
                ? NumberText.realText(value, 'e', digits - 1, false).replaceFirst("\\.?0+e", "e")
                : text + ".0";
    }

    private static String aligned(
            boolean negative, String prefix, String whole, String rest, FormatSpec spec, int group) {
        String sign = negative ? "-" : spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
        FormatSpec right = spec.withAlign('>');
        if (right.align == '=') {
            int room = spec.width - sign.length() - prefix.length() - rest.length();
            String digits = spec.grouping != 0 && !whole.isEmpty() ? grouped(whole, spec.grouping, group) : whole;
            if (spec.grouping != 0 && spec.fill.equals("0") && !whole.isEmpty()) {
                digits = groupedToWidth(whole, spec.grouping, group, room);
            }
            int missing = Math.max(0, room - digits.length());
            return sign + prefix + spec.fill.repeat(missing) + digits + rest;
        }
        String digits = spec.grouping != 0 ? grouped(whole, spec.grouping, group) : whole;
        return NumberText.pad(sign + prefix + digits + rest, spec.width, spec.fill, right.align);
    }

    private static String grouped(String digits, char separator, int group) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % group == 0) {
                out.append(separator);
            }
            out.append(digits.charAt(i));
        }
        return out.toString();
    }

    private static String groupedToWidth(String digits, char separator, int group, int width) {
        int zeros = 0;
        while (groupedLength(digits.length() + zeros, group) < width) {
            zeros++;
        }
        return grouped("0".repeat(zeros) + digits, separator, group);
    }

    private static int groupedLength(int digits, int group) {
        return digits + (digits - 1) / group;
    }

    private FormatSpec withAlign(char standard) {
        return align != 0 ? this : new FormatSpec(fill, standard, sign, alternate, width, grouping, precision, type);
    }
}
