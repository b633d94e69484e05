package io.jenkins.plugins.imagefactory.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Rows of a Markdown table. */
final class Table {
    private final StringBuilder text = new StringBuilder();

    /** Rows for another table. */
    Table() {}

    Table(String... heads) {
        row(heads);
        row(Arrays.stream(heads).map(head -> "---").toArray(String[]::new));
    }

    void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    void append(Table rows) {
        text.append(rows.text);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
