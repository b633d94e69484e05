package io.jenkins.plugins.imagefactory.jinja.python.time;

import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.PythonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Python's {@code datetime.timedelta}, the difference of two dates. */
public record PythonTimedelta(Duration duration) implements PythonObject {
    private static final long SECONDS_A_DAY = 86_400;
    private static final int NANOS_OF_MICRO = 1000;

    @Override
    public String typeName() {
        return "timedelta";
    }

    @Override
    public boolean isTrue() {
        return !duration.isZero();
    }

    /** Whole days, rounded down; seconds and microseconds are what is above them. */
    long days() {
        return Math.floorDiv(duration.getSeconds(), SECONDS_A_DAY);
    }

    private long seconds() {
        return Math.floorMod(duration.getSeconds(), SECONDS_A_DAY);
    }

    private long micros() {
        return duration.getNano() / NANOS_OF_MICRO;
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "days" -> days();
            case "seconds" -> seconds();
            case "microseconds" -> micros();
            case "total_seconds" -> new Function(name, "", (f, a) -> duration.getSeconds() + micros() / 1e6);
            default -> MISSING;
        };
    }

    @Override
    public String repr() {
        List<String> parts = new ArrayList<>();
        if (days() != 0) {
            parts.add("days=" + days());
        }
        if (seconds() != 0) {
            parts.add("seconds=" + seconds());
        }
        if (micros() != 0) {
            parts.add("microseconds=" + micros());
        }
        return "datetime.timedelta(" + (parts.isEmpty() ? "0" : String.join(", ", parts)) + ")";
    }

    @Override
    public Integer order(Object other) {
        return other instanceof PythonTimedelta delta ? Integer.valueOf(duration.compareTo(delta.duration)) : null;
    }

    @Override
    public Object plus(Object other) {
        if (other instanceof PythonTimedelta delta) {
            return new PythonTimedelta(duration.plus(delta.duration));
        }
        return other instanceof PythonDate || other instanceof PythonDateTime
                ? ((PythonObject) other).plus(this)
                : MISSING;
    }

    @Override
    public Object minus(Object other) {
        return other instanceof PythonTimedelta delta ? new PythonTimedelta(duration.minus(delta.duration)) : MISSING;
    }

    @Override
    public String toString() {
        String day = days() == 0 ? "" : days() + (Math.abs(days()) == 1 ? " day, " : " days, ");
        String time = String.format(Locale.ROOT, "%d:%02d:%02d", seconds() / 3600, seconds() / 60 % 60, seconds() % 60);
        return day + time + (micros() == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros()));
    }
}
