package io.jenkins.plugins.imagefactory.jinja.serialization;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.time.PythonDate;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The types that plain scalars have by their form, as in the <a href="https://yaml.org/type/">YAML 1.1 type repository</a>
 * and in PyYAML, which Ansible uses: {@code yes} is true, {@code 1:30} is 90, {@code 1e3} is a string.
 */
final class YamlTypes extends Resolver {
    private static final Set<String> TRUE = Set.of("yes", "true", "on");
    private static final Set<String> FALSE = Set.of("no", "false", "off");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)");
    private static final Pattern REAL =
            Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?|\\.[0-9][0-9_]*([eE][-+][0-9]+)?"
                    + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}"
                    + ":[0-9]{2}(\\.[0-9]*)?([ \\t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?");

    @Override
    protected void addImplicitResolvers() {
        // resolve() below decides by itself.
    }

    @Override
    public Tag resolve(NodeId kind, String value, boolean implicit) {
        return kind == NodeId.scalar && implicit ? tag(value) : super.resolve(kind, value, false);
    }

    /** Of a scalar without quotes. */
    static Tag tag(String plain) {
        if (NULL.contains(plain)) {
            return Tag.NULL;
        }
        if (isBoolean(plain)) {
            return Tag.BOOL;
        }
        if (INTEGER.matcher(plain).matches()) {
            return Tag.INT;
        }
        if (REAL.matcher(plain).matches()) {
            return Tag.FLOAT;
        }
        if (DAY.matcher(plain).matches() || TIME.matcher(plain).matches()) {
            return Tag.TIMESTAMP;
        }
        if (plain.equals("<<")) {
            return Tag.MERGE;
        }
        return plain.equals("=") ? new Tag("tag:yaml.org,2002:value") : Tag.STR;
    }

    private static boolean isBoolean(String plain) {
        String lower = plain.toLowerCase(Locale.ROOT);
        boolean cased = plain.equals(lower)
                || plain.equals(lower.toUpperCase(Locale.ROOT))
                || plain.equals(lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
        return cased && (TRUE.contains(lower) || FALSE.contains(lower));
    }

    /** The value of a scalar of that type. */
    static Object value(Tag tag, String text) {
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return truth(text);
        }
        if (tag.equals(Tag.INT)) {
            return integer(text);
        }
        if (tag.equals(Tag.FLOAT)) {
            return real(text);
        }
        if (tag.equals(Tag.TIMESTAMP)) {
            return day(text);
        }
        if (tag.equals(Tag.STR) || tag.getValue().equals("tag:yaml.org,2002:value")) {
            return text;
        }
        throw new TemplateException("YAML's type " + tag + " is not supported");
    }

    private static boolean truth(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(lower) && !FALSE.contains(lower)) {
            throw new TemplateException("'" + text + "' is no boolean in YAML");
        }
        return TRUE.contains(lower);
    }

    private static Object integer(String text) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        digits = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        BigInteger value;
        try {
            if (digits.startsWith("0b")) {
                value = new BigInteger(digits.substring(2), 2);
            } else if (digits.startsWith("0x")) {
                value = new BigInteger(digits.substring(2), 16);
            } else if (digits.startsWith("0") && digits.length() > 1) {
                value = new BigInteger(digits, 8);
            } else {
                value = BigInteger.ZERO;
                for (String part : digits.split(":", -1)) {
                    value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
                }
            }
        } catch (NumberFormatException e) {
            throw new TemplateException("'" + text + "' is no integer in YAML");
        }
        return Numbers.normal(negative ? value.negate() : value);
    }

    private static Object real(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        double sign = digits.startsWith("-") ? -1 : 1;
        digits = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        if (digits.equals(".inf")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (digits.equals(".nan")) {
            return Double.NaN;
        }
        double value = 0;
        try {
            for (String part : digits.split(":", -1)) {
                value = value * 60 + Double.parseDouble(part);
            }
        } catch (NumberFormatException e) {
            throw new TemplateException("'" + text + "' is no float in YAML");
        }
        return sign * value;
    }

    private static Object day(String text) {
        if (!DAY.matcher(text).matches()) {
            throw new TemplateException("'" + text + "' is a time to YAML, which is not supported; put it in quotes");
        }
        try {
            return new PythonDate(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw new TemplateException("'" + text + "' is no day of the calendar; put it in quotes to mean the text");
        }
    }
}
