package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.List;

/** Python's slices of strings, lists, tuples and ranges. */
public final class Slices {
    private Slices() {}

    public static Object slice(Budget budget, Object value, Object start, Object stop, Object step) {
        if (Types.isString(value)) {
            String text = value.toString();
            int length = PythonText.length(text);
            return StringMethods.like(
                    value,
                    length == text.length()
                            ? picked(text, start, stop, step)
                            : pickedPoints(text.codePoints().toArray(), start, stop, step));
        }
        if (value instanceof Range range) {
            return rangeOf(budget, range, start, stop, step);
        }
        if (value instanceof List<?> list) {
            return picked(budget, list, start, stop, step);
        }
        if (value instanceof Tuple tuple) {
            return new Tuple(picked(budget, tuple.items(), start, stop, step));
        }
        if (value instanceof Undefined undefined) {
            if (undefined.isLenient()) {
                throw undefined.failure();
            }
            return undefined;
        }
        throw new TemplateException("a " + Types.name(value) + " has no slices");
    }

    private static String picked(String text, Object start, Object stop, Object step) {
        Picks picks = Picks.of(text.length(), start, stop, step);
        if (picks.by == 1) {
            return text.substring((int) picks.from, (int) picks.from + picks.count);
        }
        StringBuilder picked = new StringBuilder(picks.count);
        for (int i = 0; i < picks.count; i++) {
            picked.append(text.charAt(picks.index(i)));
        }
        return picked.toString();
    }

    private static String pickedPoints(int[] points, Object start, Object stop, Object step) {
        Picks picks = Picks.of(points.length, start, stop, step);
        StringBuilder picked = new StringBuilder(picks.count);
        for (int i = 0; i < picks.count; i++) {
            picked.appendCodePoint(points[picks.index(i)]);
        }
        return picked.toString();
    }

    private static List<Object> picked(Budget budget, List<?> list, Object start, Object stop, Object step) {
        Picks picks = Picks.of(list.size(), start, stop, step);
        budget.elements(picks.count);
        List<Object> picked = new ArrayList<>(picks.count);
        for (int i = 0; i < picks.count; i++) {
            picked.add(list.get(picks.index(i)));
        }
        return picked;
    }

    private static Range rangeOf(Budget budget, Range range, Object start, Object stop, Object step) {
        long by = part(step, 1);
        long[] bounds = bounds(range.size(), start, stop, by);
        return new Range(
                budget,
                range.start() + bounds[0] * range.step(),
                range.start() + bounds[1] * range.step(),
                range.step() * by);
    }

    /** The places that a slice picks: {@code count} of them, each {@code by} behind the one before. */
    private record Picks(long from, long by, int count) {
        static Picks of(int length, Object start, Object stop, Object step) {
            long by = part(step, 1);
            if (by == 0) {
                throw new TemplateException("slice step cannot be zero");
            }
            long[] bounds = bounds(length, start, stop, by);
            long distance = by > 0 ? bounds[1] - bounds[0] : bounds[0] - bounds[1];
            return new Picks(bounds[0], by, distance <= 0 ? 0 : (int) ((distance - 1) / Math.abs(by) + 1));
        }

        int index(int i) {
            return (int) (from + i * by);
        }
    }

    private static long[] bounds(int length, Object start, Object stop, long by) {
        long least = by > 0 ? 0 : -1;
        long most = by > 0 ? length : length - 1L;
        long from = start == null ? (by > 0 ? least : most) : within(part(start, 0), length, least, most);
        long to = stop == null ? (by > 0 ? most : least) : within(part(stop, 0), length, least, most);
        return new long[] {from, to};
    }

    private static long within(long index, int length, long least, long most) {
        return Math.max(least, Math.min(most, index < 0 ? index + length : index));
    }

    private static long part(Object value, long standard) {
        if (value == null) {
            return standard;
        }
        if (!Types.isInteger(value)) {
            throw new TemplateException("slice indices must be integers, not " + Types.name(value));
        }
        return Math.max(-1L << 40, Math.min(1L << 40, Numbers.clamped(value)));
    }
}
