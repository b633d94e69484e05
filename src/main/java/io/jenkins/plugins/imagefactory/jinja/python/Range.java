package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.util.AbstractList;

/** What {@code range(start, stop, step)} gives: its numbers, computed when they are asked for. */
public final class Range extends AbstractList<Object> {
    final long start;
    final long stop;
    final long step;
    private final int size;
    private final Budget budget;

    /** @param budget whose time ends, so that no filter goes through a range for ever */
    public Range(Budget budget, long start, long stop, long step) {
        this.budget = budget;
        if (step == 0) {
            throw new TemplateException("range() arg 3 must not be zero");
        }
        this.start = start;
        this.stop = stop;
        this.step = step;
        long distance = step > 0 ? Math.subtractExact(stop, start) : Math.subtractExact(start, stop);
        long stride = Math.abs(step);
        this.size = distance <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (distance - 1) / stride + 1);
    }

    /** Whether it has the same numbers. */
    boolean isEqual(Range other) {
        boolean alike = size == other.size && (size == 0 || start == other.start);
        return alike && (size <= 1 || step == other.step);
    }

    public long start() {
        return start;
    }

    public long stop() {
        return stop;
    }

    public long step() {
        return step;
    }

    @Override
    public Object get(int index) {
        budget.tick();
        return start + index * step;
    }

    @Override
    public int size() {
        return size;
    }
}
