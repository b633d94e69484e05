package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.PythonNumber;
import io.jenkins.plugins.imagefactory.jinja.python.time.PythonDateTime;
import io.jenkins.plugins.imagefactory.jinja.python.time.Strftime;
import io.jenkins.plugins.imagefactory.jinja.python.time.Strptime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Ansible's filters that write and read times, and its function {@code now()}. */
final class TimeFilters {
    private TimeFilters() {}

    static void define(Functions filters) {
        filters.define(
                        "strftime(string_format, second=None, utc=False)",
                        (f, a) -> f.budget().text(written(a[0], a[1], Operators.truth(a[2]))))
                .define(
                        "to_datetime(string, format='%Y-%m-%d %H:%M:%S')",
                        (f, a) -> Strptime.read(text(a[0]), text(a[1])));
    }

    static void defineGlobals(Functions globals) {
        globals.define("now(utc=False, fmt=None)", (f, a) -> {
            ZoneId zone = Operators.truth(a[0]) ? ZoneOffset.UTC : ZoneId.systemDefault();
            PythonDateTime now = new PythonDateTime(LocalDateTime.now(zone).truncatedTo(ChronoUnit.MICROS));
            return Operators.truth(a[1]) ? formatted(f, now, a[1]) : now;
        });
    }

    private static Object formatted(Caller caller, PythonDateTime time, Object format) {
        Attributed attributed = time;
        return ((Callable) attributed.attribute("strftime")).call(caller, Arguments.of(text(format)));
    }

    private static String text(Object value) {
        Undefined.fail(value);
        if (!Types.isString(value)) {
            throw new TemplateException("a time and its format must be strings, not a " + Types.name(value));
        }
        return value.toString();
    }

    private static String written(Object format, Object second, boolean utc) {
        Instant instant = second == null ? Instant.now() : Instant.ofEpochSecond((long) Math.floor(seconds(second)));
        try {
            return Strftime.of(instant.atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault()))
                    .formatted(text(format));
        } catch (DateTimeException e) {
            throw new TemplateException("strftime has no day for the second " + PythonRepr.str(second));
        }
    }

    private static double seconds(Object second) {
        Undefined.fail(second);
        Double number = Types.isNumber(second)
                ? Double.valueOf(Numbers.real(second))
                : PythonNumber.real(PythonRepr.str(second));
        if (number == null || number.isNaN() || Math.abs(number) > 1e12) {
            throw new TemplateException("strftime needs a number of seconds, not " + PythonRepr.repr(second));
        }
        return number;
    }
}
