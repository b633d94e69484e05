package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.NumberText;
import io.jenkins.plugins.imagefactory.jinja.python.method.PythonNumber;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ansible's {@code human_readable} and {@code human_to_bytes}: sizes with units, which are powers of 1024. */
final class SizeFilters {
    private static final String UNITS = "BKMGTPEZY";
    private static final int BITS_A_UNIT = 10;
    private static final Pattern SIZE = Pattern.compile("\\s*([0-9]*\\.?[0-9]*)\\s*([A-Za-z]+)?");

    private SizeFilters() {}

    static void define(Functions filters) {
        filters.define("human_readable(size, isbits=False, unit=None)", (f, a) -> readable(a[0], a[1], a[2]))
                .define("human_to_bytes(size, default_unit=None, isbits=False)", (f, a) -> bytes(a[0], a[1], a[2]));
    }

    private static double factor(int unit) {
        return Math.pow(2, unit * (double) BITS_A_UNIT);
    }

    private static String readable(Object size, Object isBits, Object unit) {
        Undefined.fail(size);
        if (!Types.isNumber(size)) {
            throw new TemplateException("human_readable needs a number, not a " + Types.name(size));
        }
        if (unit != null && !Types.isString(unit)) {
            throw new TemplateException("the unit of human_readable must be a letter, not a " + Types.name(unit));
        }
        String wanted = unit == null ? null : AnsibleFilters.text(unit).toUpperCase(Locale.ROOT);
        double number = Numbers.real(size);
        int chosen = UNITS.length() - 1;
        while (chosen > 0
                && !(wanted == null ? number >= factor(chosen) : wanted.equals(UNITS.substring(chosen, chosen + 1)))) {
            chosen--;
        }
        String base = Operators.truth(isBits) ? "bits" : "Bytes";
        String suffix = chosen == 0 ? base : UNITS.charAt(chosen) + base.substring(0, 1);
        return NumberText.realText(number / factor(chosen), 'f', 2, false) + " " + suffix;
    }

    private static Object bytes(Object size, Object defaultUnit, Object isBits) {
        Undefined.fail(size);
        String text = PythonRepr.str(size);
        Matcher matcher = SIZE.matcher(text);
        Double number = matcher.lookingAt() ? PythonNumber.real(matcher.group(1)) : null;
        if (number == null) {
            throw new TemplateException("human_to_bytes cannot read the size " + PythonRepr.repr(size));
        }
        String unit =
                matcher.group(2) == null && defaultUnit != null ? AnsibleFilters.text(defaultUnit) : matcher.group(2);
        if (unit == null) {
            return rounded(number);
        }
        int power = unit.isEmpty() ? -1 : UNITS.indexOf(Character.toUpperCase(unit.charAt(0)));
        boolean bits = Operators.truth(isBits);
        boolean known = power >= 0
                && (unit.length() == 1
                        || PythonText.lower(unit).contains(bits ? "bit" : "byte")
                        || unit.charAt(1) == (bits ? 'b' : 'B'));
        if (!known) {
            throw new TemplateException("human_to_bytes does not know the unit of " + PythonRepr.repr(size)
                    + ": it is one of " + String.join(", ", UNITS.split("")));
        }
        return rounded(number * factor(power));
    }

    private static Object rounded(double number) {
        return Numbers.normal(
                new BigDecimal(number).setScale(0, RoundingMode.HALF_EVEN).toBigInteger());
    }
}
