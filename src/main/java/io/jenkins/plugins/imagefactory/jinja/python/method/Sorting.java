package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Python's stable sort: by {@code <} alone, and keeping the order of equals also in reverse. */
public final class Sorting {
    private Sorting() {}

    public static void sort(List<Object> elements, UnaryOperator<Object> key, boolean reverse) {
        record Keyed(Object key, Object element) {}
        Budget budget = Budget.current();
        budget.elements(elements.size());
        List<Keyed> keyed = new ArrayList<>();
        elements.forEach(element -> keyed.add(new Keyed(key.apply(element), element)));
        if (reverse) {
            Collections.reverse(keyed);
        }
        Comparator<Keyed> order = (a, b) -> {
            budget.tick();
            return Operators.less(a.key, b.key) ? -1 : Operators.less(b.key, a.key) ? 1 : 0;
        };
        if (keyed.size() > 1) {
            keyed.sort(order);
        }
        if (reverse) {
            Collections.reverse(keyed);
        }
        for (int i = 0; i < keyed.size(); i++) {
            elements.set(i, keyed.get(i).element);
        }
    }
}
