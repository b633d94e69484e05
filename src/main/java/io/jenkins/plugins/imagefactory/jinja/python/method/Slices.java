package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
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
            StringBuilder part = new StringBuilder();
            for (int index : indices(length, start, stop, step)) {
                part.append(length == text.length() ? text.substring(index, index + 1) : PythonText.at(text, index));
            }
            return value instanceof Markup ? new Markup(part.toString()) : part.toString();
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

    private static List<Object> picked(Budget budget, List<?> list, Object start, Object stop, Object step) {
        List<Object> picked = new ArrayList<>();
        for (int index : indices(list.size(), start, stop, step)) {
            picked.add(list.get(index));
        }
        budget.elements(picked.size());
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

    private static int[] indices(int length, Object start, Object stop, Object step) {
        long by = part(step, 1);
        if (by == 0) {
            throw new TemplateException("slice step cannot be zero");
        }
        long[] bounds = bounds(length, start, stop, by);
        long distance = by > 0 ? bounds[1] - bounds[0] : bounds[0] - bounds[1];
        int count = distance <= 0 ? 0 : (int) ((distance - 1) / Math.abs(by) + 1);
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = (int) (bounds[0] + i * by);
        }
        return indices;
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
