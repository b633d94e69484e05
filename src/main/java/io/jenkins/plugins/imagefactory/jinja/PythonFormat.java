package io.jenkins.plugins.imagefactory.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * Python's {@code '…' % values} and {@code '…'.format(values)}, after
 * <a href="https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting">printf-style formatting</a> and the
 * <a href="https://docs.python.org/3/library/string.html#format-specification-mini-language">format specification</a>.
 */
final class PythonFormat {
    private PythonFormat() {}

    /** How a value is written: the mini-language's fields. */
    private record Spec(
            String fill, char align, char sign, boolean alternate, int width, char grouping, int precision, char type) {

        Spec withAlign(char standard) {
            return align != 0 ? this : new Spec(fill, standard, sign, alternate, width, grouping, precision, type);
        }
    }

    static Object percent(Frame frame, Object format, Object values) {
        return StringMethods.like(format, new Percent(frame, format, values).run());
    }

    /** One {@code %} formatting. */
    private static final class Percent {
        private final Frame frame;
        private final String format;
        private final Object values;
        private final boolean markup;
        private final StringBuilder out = new StringBuilder();
        private int position;
        private int used;
        private boolean named;

        Percent(Frame frame, Object format, Object values) {
            this.frame = frame;
            this.format = format.toString();
            this.values = values;
            this.markup = format instanceof Markup;
        }

        String run() {
            while (position < format.length()) {
                int percent = format.indexOf('%', position);
                if (percent < 0) {
                    break;
                }
                out.append(format, position, percent);
                position = percent + 1;
                directive();
                frame.characters(out.length(), 0);
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
            frame.characters(Math.max((long) width, precision), 1);
            if ("crsa".indexOf(type) >= 0) {
                String text = text(value, type);
                String cut = precision >= 0 && type != 'c' && PythonText.length(text) > precision
                        ? PythonText.slice(text, 0, precision)
                        : text;
                out.append(pad(cut, width, " ", left ? '<' : '>'));
                return;
            }
            String body = "eEfFgG".indexOf(type) >= 0
                    ? signed(realText(real(value, type), type, precision < 0 ? 6 : precision, alternate), sign)
                    : signed(integerText(value, type, precision, alternate), sign);
            boolean finite = body.indexOf('n') < 0 && body.indexOf('N') < 0;
            out.append(zero && finite ? zeroPadded(body, width, "") : pad(body, width, " ", left ? '<' : '>'));
        }

        private String text(Object value, char type) {
            return switch (type) {
                case 's' -> markup ? Markup.escape(value).text() : PythonRepr.str(value);
                case 'c' -> character(value);
                default -> {
                    String repr = type == 'a' ? ascii(PythonRepr.repr(value)) : PythonRepr.repr(value);
                    yield markup ? Markup.escaped(repr) : repr;
                }
            };
        }

        private String integerText(Object value, char type, int precision, boolean alternate) {
            if (!Types.isNumber(value) || value instanceof Double && "di".indexOf(type) < 0 && type != 'u') {
                failIfUndefined(value);
                throw new TemplateException("%" + type + " needs a number, not a " + Types.name(value));
            }
            BigInteger number =
                    value instanceof Double real ? Numbers.big(Numbers.truncated(real)) : Numbers.big(value);
            String digits = radix(number.abs(), type == 'i' || type == 'u' ? 'd' : type);
            String padded = "0".repeat(Math.max(0, precision - digits.length())) + digits;
            return (number.signum() < 0 ? "-" : "") + (alternate ? prefix(type) : "") + padded;
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
                        "the format string's key '" + key + "' is not in the dict", Names.nearest(key, dict.names()));
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
            return start == position ? 0 : parseInt(format.substring(start, position));
        }

        private char peek() {
            if (position >= format.length()) {
                throw new TemplateException("the format string is incomplete");
            }
            return format.charAt(position);
        }
    }

    static Object format(Frame frame, Object format, List<?> positional, Dict named) {
        return frame.text(
                StringMethods.like(format, new Braces(frame, format, positional, named).run(format.toString(), 2)));
    }

    /** One {@code str.format} formatting. */
    private static final class Braces {
        private final Frame frame;
        private final boolean markup;
        private final List<?> positional;
        private final Dict named;
        private int automatic;
        private boolean manual;

        Braces(Frame frame, Object format, List<?> positional, Dict named) {
            this.frame = frame;
            this.markup = format instanceof Markup;
            this.positional = positional;
            this.named = named;
        }

        String run(String format, int levels) {
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
                    throw new TemplateException(
                            "a conversion in a format string is not one letter followed by ':' or '}'");
                }
                value = converted(value, rest.charAt(1));
                rest = rest.substring(2);
            }
            String spec = rest.isEmpty() ? "" : run(rest.substring(1), levels - 1);
            String written = formatted(frame, value, spec);
            return markup && !(value instanceof Markup) ? Markup.escaped(written) : written;
        }

        private static Object converted(Object value, char conversion) {
            return switch (conversion) {
                case 's' -> PythonRepr.str(value);
                case 'r' -> PythonRepr.repr(value);
                case 'a' -> ascii(PythonRepr.repr(value));
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
                            "the format string's '" + name + "' is not given", Names.nearest(name, named.names()));
                }
                return named.get(name);
            }
            if (number && automatic > 0 || !number && manual) {
                throw new TemplateException("a format string cannot mix numbered and unnumbered fields");
            }
            manual |= number;
            int index = number ? parseInt(name) : automatic++;
            if (index >= positional.size()) {
                throw new TemplateException("the format string needs more values than are given");
            }
            return positional.get(index);
        }

        private static Object defined(Object value) {
            failIfUndefined(value);
            return value;
        }
    }

    /** Python's format(value, spec). */
    static String formatted(Frame frame, Object value, String text) {
        failIfUndefined(value);
        if (text.isEmpty()) {
            return PythonRepr.str(value);
        }
        if (!Types.isString(value) && !Types.isNumber(value)) {
            throw new TemplateException("a " + Types.name(value) + " cannot be formatted with '" + text + "'");
        }
        Spec spec = spec(text);
        frame.characters(Math.max((long) spec.width, spec.precision), 1);
        if (Types.isString(value)) {
            return stringFormatted(value.toString(), spec);
        }
        return value instanceof Double || "eEfFgG%".indexOf(spec.type) >= 0
                ? realFormatted(Numbers.real(value), spec, value)
                : integerFormatted(value, spec);
    }

    private static Spec spec(String text) {
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
        return new Spec(fill, align, sign, alternate, width, grouping, precision, type);
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static int parseInt(String digits) {
        if (digits.length() > 9) {
            throw new TemplateException("too many digits in a format string");
        }
        return Integer.parseInt(digits);
    }

    private static String stringFormatted(String text, Spec spec) {
        boolean fits =
                (spec.type == 0 || spec.type == 's') && spec.sign == '-' && !spec.alternate && spec.grouping == 0;
        boolean zero = spec.align == '=' && !spec.fill.equals("0");
        if (!fits || zero) {
            throw new TemplateException("a string cannot be formatted like that");
        }
        String cut = spec.precision >= 0 && PythonText.length(text) > spec.precision
                ? PythonText.slice(text, 0, spec.precision)
                : text;
        return pad(cut, spec.width, spec.fill, spec.align == 0 || spec.align == '=' ? '<' : spec.align);
    }

    private static String integerFormatted(Object value, Spec spec) {
        char type = spec.type == 0 || spec.type == 'n' ? 'd' : spec.type;
        if ("bcdoxX".indexOf(type) < 0) {
            throw new TemplateException("unknown format code '" + type + "' for an integer");
        }
        if (spec.precision >= 0) {
            throw new TemplateException("a precision is not possible when an integer is formatted");
        }
        if (type == 'c') {
            return pad(character(value), spec.width, spec.fill, spec.align == 0 ? '<' : spec.align);
        }
        BigInteger number = Numbers.big(value);
        String digits = radix(number.abs(), type);
        String prefix = spec.alternate ? prefix(type) : "";
        return aligned(number.signum() < 0, prefix, digits, "", spec, type == 'd' ? 3 : spec.grouping == '_' ? 4 : 3);
    }

    private static String realFormatted(double value, Spec spec, Object original) {
        if ("eEfFgGn%\0".indexOf(spec.type) < 0) {
            throw new TemplateException("unknown format code '" + spec.type + "' for a " + Types.name(original));
        }
        char type = spec.type == 'n' ? 'g' : spec.type;
        int precision = spec.precision < 0 ? 6 : spec.precision;
        String text;
        if (type == '%') {
            text = realText(value * 100, 'f', precision, spec.alternate) + "%";
        } else if (type == 0) {
            text = spec.precision < 0 ? PythonFloat.repr(value) : generalWithPoint(value, precision);
        } else {
            text = realText(value, type, precision, spec.alternate);
        }
        boolean negative = text.startsWith("-");
        String unsigned = negative ? text.substring(1) : text;
        int whole = digits(unsigned, 0);
        return aligned(negative, "", unsigned.substring(0, whole), unsigned.substring(whole), spec, 3);
    }

    /** With a precision but no type: as 'g', but always with a point or an exponent. */
    private static String generalWithPoint(double value, int precision) {
        int digits = Math.max(1, precision);
        String text = realText(value, 'g', digits, false);
        if (text.indexOf('e') >= 0 || text.indexOf('.') >= 0 || text.indexOf('n') >= 0) {
            return text;
        }
        int whole = text.startsWith("-") ? text.length() - 1 : text.length();
        return whole >= digits && !text.equals("0") && !text.equals("-0")
                ? realText(value, 'e', digits - 1, false).replaceFirst("\\.?0+e", "e")
                : text + ".0";
    }

    private static String aligned(boolean negative, String prefix, String whole, String rest, Spec spec, int group) {
        String sign = negative ? "-" : spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
        Spec right = spec.withAlign('>');
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
        return pad(sign + prefix + digits + rest, spec.width, spec.fill, right.align);
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
        String padded = digits;
        String out = grouped(padded, separator, group);
        while (out.length() < width) {
            padded = "0" + padded;
            out = grouped(padded, separator, group);
        }
        return out;
    }

    private static String radix(BigInteger number, char type) {
        return switch (type) {
            case 'b' -> number.toString(2);
            case 'o' -> number.toString(8);
            case 'x' -> number.toString(16);
            case 'X' -> PythonText.upper(number.toString(16));
            default -> PythonRepr.integer(number);
        };
    }

    private static String prefix(char type) {
        return switch (type) {
            case 'b' -> "0b";
            case 'o' -> "0o";
            case 'x' -> "0x";
            case 'X' -> "0X";
            default -> "";
        };
    }

    private static double real(Object value, char type) {
        if (!Types.isNumber(value)) {
            failIfUndefined(value);
            throw new TemplateException("%" + type + " needs a number, not a " + Types.name(value));
        }
        return Numbers.real(value);
    }

    /** In one of the forms e, f and g, upper case when the letter is. */
    static String realText(double value, char type, int precision, boolean alternate) {
        if (precision > 10_000) {
            throw new TemplateException("a precision of more than 10000 digits is not supported");
        }
        boolean upper = Character.isUpperCase(type);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            String text = PythonFloat.repr(value);
            return upper ? PythonText.upper(text) : text;
        }
        boolean negative = value < 0 || value == 0 && 1 / value < 0;
        BigDecimal exact = new BigDecimal(Math.abs(value));
        String text = switch (Character.toLowerCase(type)) {
            case 'f' -> exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
            case 'e' -> exponential(exact, precision);
            default -> general(exact, Math.max(1, precision), alternate);
        };
        if (alternate && text.indexOf('.') < 0) {
            int exponent = text.indexOf('e');
            text = exponent < 0 ? text + "." : text.substring(0, exponent) + "." + text.substring(exponent);
        }
        return (negative ? "-" : "") + (upper ? PythonText.upper(text) : text);
    }

    private static String exponential(BigDecimal exact, int precision) {
        if (exact.signum() == 0) {
            return (precision == 0 ? "0" : "0." + "0".repeat(precision)) + "e+00";
        }
        BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String digits = rounded.unscaledValue().toString();
        String padded = digits + "0".repeat(Math.max(0, precision + 1 - digits.length()));
        String mantissa = precision == 0 ? padded : padded.charAt(0) + "." + padded.substring(1);
        return mantissa + PythonFloat.exponentSuffix("e", exponent);
    }

    private static String general(BigDecimal exact, int precision, boolean alternate) {
        if (exact.signum() == 0) {
            return alternate && precision > 1 ? "0." + "0".repeat(precision - 1) : "0";
        }
        BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= precision) {
            String text = exponential(exact, precision - 1);
            int e = text.indexOf('e');
            return alternate ? text : withoutZeros(text.substring(0, e)) + text.substring(e);
        }
        String text = rounded.setScale(precision - 1 - exponent, RoundingMode.HALF_EVEN)
                .toPlainString();
        return alternate ? text : withoutZeros(text);
    }

    private static String withoutZeros(String number) {
        if (number.indexOf('.') < 0) {
            return number;
        }
        int end = number.length();
        while (number.charAt(end - 1) == '0') {
            end--;
        }
        return number.substring(0, number.charAt(end - 1) == '.' ? end - 1 : end);
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

    private static String pad(String text, int width, String fill, char align) {
        int missing = width - PythonText.length(text);
        if (missing <= 0) {
            return text;
        }
        return switch (align) {
            case '<' -> text + fill.repeat(missing);
            case '^' -> fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
            default -> fill.repeat(missing) + text;
        };
    }

    private static String character(Object value) {
        if (Types.isString(value) && PythonText.length(value.toString()) == 1) {
            return value.toString();
        }
        if (!Types.isInteger(value)) {
            throw new TemplateException("%c needs an integer or one character");
        }
        long c = Numbers.clamped(value);
        if (c < 0 || c > Character.MAX_CODE_POINT) {
            throw new TemplateException("%c needs the number of a character");
        }
        return Character.toString((int) c);
    }

    private static String ascii(String repr) {
        StringBuilder out = new StringBuilder();
        repr.codePoints().forEach(c -> {
            if (c < 128) {
                out.append((char) c);
            } else {
                out.append(
                        c < 0x100
                                ? PythonRepr.hex("\\x", c, 2)
                                : c < 0x10000 ? PythonRepr.hex("\\u", c, 4) : PythonRepr.hex("\\U", c, 8));
            }
        });
        return out.toString();
    }

    private static void failIfUndefined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
    }
}
