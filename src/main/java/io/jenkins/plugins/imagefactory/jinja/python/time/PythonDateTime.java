package io.jenkins.plugins.imagefactory.jinja.python.time;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.PythonObject;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Python's {@code datetime.datetime} without a time zone. */
public record PythonDateTime(LocalDateTime moment) implements PythonObject {
    private static final int LAST_YEAR = 9999;
    private static final int NANOS_OF_MICRO = 1000;

    @Override
    public String typeName() {
        return "datetime";
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "year" -> (long) moment.getYear();
            case "month" -> (long) moment.getMonthValue();
            case "day" -> (long) moment.getDayOfMonth();
            case "hour" -> (long) moment.getHour();
            case "minute" -> (long) moment.getMinute();
            case "second" -> (long) moment.getSecond();
            case "microsecond" -> (long) micros();
            case "tzinfo" -> null;
            case "weekday" ->
                new Function(name, "", (f, a) -> moment.getDayOfWeek().getValue() - 1L);
            case "isoweekday" ->
                new Function(name, "", (f, a) -> (long) moment.getDayOfWeek().getValue());
            case "date" -> new Function(name, "", (f, a) -> new PythonDate(moment.toLocalDate()));
            case "timestamp" -> new Function(name, "", (f, a) -> timestamp());
            case "isoformat" -> new Function(name, "sep='T'", (f, a) -> isoformat(PythonRepr.str(a[0])));
            case "strftime" ->
                new Function(name, "format", (f, a) -> Strftime.of(moment).formatted(PythonRepr.str(a[0])));
            default -> MISSING;
        };
    }

    private int micros() {
        return moment.getNano() / NANOS_OF_MICRO;
    }

    private double timestamp() {
        return moment.atZone(ZoneId.systemDefault()).toEpochSecond() + micros() / 1e6;
    }

    /** With what stands between the day and the time. */
    public String isoformat(String separator) {
        String day = DateTimeFormatter.ISO_LOCAL_DATE.format(moment);
        String time =
                String.format(Locale.ROOT, "%02d:%02d:%02d", moment.getHour(), moment.getMinute(), moment.getSecond());
        return day + separator + time + (micros() == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros()));
    }

    @Override
    public String repr() {
        String last = micros() > 0
                ? ", " + moment.getSecond() + ", " + micros()
                : moment.getSecond() > 0 ? ", " + moment.getSecond() : "";
        return "datetime.datetime(" + moment.getYear() + ", " + moment.getMonthValue() + ", " + moment.getDayOfMonth()
                + ", " + moment.getHour() + ", " + moment.getMinute() + last + ")";
    }

    @Override
    public Integer order(Object other) {
        return other instanceof PythonDateTime time ? Integer.valueOf(moment.compareTo(time.moment)) : null;
    }

    @Override
    public Object plus(Object other) {
        return other instanceof PythonTimedelta delta ? within(moment, delta.duration()) : MISSING;
    }

    @Override
    public Object minus(Object other) {
        if (other instanceof PythonDateTime time) {
            return new PythonTimedelta(Duration.between(time.moment, moment));
        }
        return other instanceof PythonTimedelta delta
                ? within(moment, delta.duration().negated())
                : MISSING;
    }

    /** The moment so much later, in the years that Python knows. */
    static PythonDateTime within(LocalDateTime moment, Duration later) {
        try {
            LocalDateTime moved = moment.plus(later);
            if (moved.getYear() >= 1 && moved.getYear() <= LAST_YEAR) {
                return new PythonDateTime(moved);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new TemplateException("a date is out of range");
        }
        throw new TemplateException("a date is out of range");
    }

    @Override
    public String toString() {
        return isoformat(" ");
    }
}
