package io.jenkins.plugins.imagefactory.jinja.python.time;

import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.PythonObject;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Python's {@code datetime.date}, which YAML makes of an unquoted {@code 2021-04-16}. */
public record PythonDate(LocalDate day) implements PythonObject {
    @Override
    public String typeName() {
        return "date";
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "year" -> (long) day.getYear();
            case "month" -> (long) day.getMonthValue();
            case "day" -> (long) day.getDayOfMonth();
            case "weekday" ->
                new Function(name, "", (f, a) -> day.getDayOfWeek().getValue() - 1L);
            case "isoweekday" ->
                new Function(name, "", (f, a) -> (long) day.getDayOfWeek().getValue());
            case "isoformat" -> new Function(name, "", (f, a) -> toString());
            case "strftime" ->
                new Function(
                        name,
                        "format",
                        (f, a) -> Strftime.of(day.atStartOfDay()).formatted(PythonRepr.str(a[0])));
            default -> MISSING;
        };
    }

    @Override
    public String repr() {
        return "datetime.date(" + day.getYear() + ", " + day.getMonthValue() + ", " + day.getDayOfMonth() + ")";
    }

    @Override
    public Integer order(Object other) {
        return other instanceof PythonDate date ? Integer.valueOf(day.compareTo(date.day)) : null;
    }

    @Override
    public Object plus(Object other) {
        return other instanceof PythonTimedelta delta ? moved(delta.days()) : MISSING;
    }

    @Override
    public Object minus(Object other) {
        if (other instanceof PythonDate date) {
            return new PythonTimedelta(Duration.ofDays(ChronoUnit.DAYS.between(date.day, day)));
        }
        return other instanceof PythonTimedelta delta ? moved(-delta.days()) : MISSING;
    }

    private PythonDate moved(long days) {
        return new PythonDate(PythonDateTime.within(day.atStartOfDay(), Duration.ofDays(days))
                .moment()
                .toLocalDate());
    }

    @Override
    public String toString() {
        return day.toString();
    }
}
