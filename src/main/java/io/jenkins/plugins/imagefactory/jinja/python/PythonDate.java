package io.jenkins.plugins.imagefactory.jinja.python;

import java.time.LocalDate;

/** What YAML makes of an unquoted {@code 2021-04-16}: Python's {@code datetime.date}. */
public record PythonDate(LocalDate day) {
    /** As {@code repr()} writes it inside of a list or dict. */
    String repr() {
        return "datetime.date(" + day.getYear() + ", " + day.getMonthValue() + ", " + day.getDayOfMonth() + ")";
    }

    @Override
    public String toString() {
        return day.toString();
    }
}
