package io.jenkins.plugins.imagefactory.jinja.ansible;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.builtin.Extraction;
import io.jenkins.plugins.imagefactory.jinja.builtin.ListFilters;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.DictView;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Arithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Ansible's filters that take lists as sets, and those that put lists together. */
final class SetFilters {
    private SetFilters() {}

    static void define(Functions filters) {
        filters.define("unique(a, case_sensitive=None, attribute=None)", SetFilters::unique)
                .define("union(a, b)", (f, a) -> union(f.budget(), a[0], a[1]))
                .define("intersect(a, b)", (f, a) -> distinct(f.budget(), common(f.budget(), a[0], a[1], true)))
                .define("difference(a, b)", (f, a) -> distinct(f.budget(), common(f.budget(), a[0], a[1], false)))
                .define("symmetric_difference(a, b)", (f, a) -> {
                    List<Object> shared = distinct(f.budget(), common(f.budget(), a[0], a[1], true));
                    return common(f.budget(), union(f.budget(), a[0], a[1]), shared, false);
                })
                .define(
                        "flatten(mylist, levels=None, skip_nulls=True)",
                        (f, a) -> flattened(
                                f.budget(),
                                Iteration.of(a[0]),
                                a[1] == null ? null : Numbers.toInt(a[1], "levels"),
                                Operators.truth(a[2])))
                .define("zip(*lists)", (f, a) -> zip(f.budget(), (List<?>) a[0], false, null))
                .define("zip_longest(*lists, fillvalue=None)", (f, a) -> zip(f.budget(), (List<?>) a[1], true, a[0]));
    }

    /** What Python makes sets of where both are of that kind, and sets have no order. */
    private static void requireOrder(Object a, Object b) {
        if (isHashable(a) && isHashable(b)) {
            Undefined.fail(a);
            Undefined.fail(b);
            throw new TemplateException("filters of sets need a list here, not a " + Types.name(a) + " and a "
                    + Types.name(b) + "; add | list");
        }
    }

    private static Object unique(Caller caller, Object[] a) {
        List<Object> elements = ListFilters.copied(caller.budget(), a[0]);
        boolean caseSensitive = Operators.truth(a[1]);
        UnaryOperator<Object> key = Extraction.of(a[2], null, !caseSensitive);
        Dict seen = new Dict();
        List<Object> unique = new ArrayList<>();
        for (Object element : elements) {
            Object elementKey = key.apply(element);
            if (!isHashable(elementKey)) {
                boolean explicit = a[1] != null && !caseSensitive || a[2] != null;
                if (explicit) {
                    throw new TemplateException("unique cannot compare a " + Types.name(elementKey)
                            + " without regard to case or by attribute");
                }
                return distinctByEquality(caller.budget(), elements);
            }
            if (!seen.has(elementKey)) {
                seen.put(elementKey, true);
                unique.add(element);
            }
        }
        return unique;
    }

    private static boolean isHashable(Object value) {
        if (value instanceof Tuple tuple) {
            return tuple.items().stream().allMatch(SetFilters::isHashable);
        }
        boolean view = value instanceof DictView kind && kind.kind() != DictView.Kind.VALUES;
        return !view && !(value instanceof Dict) && (!(value instanceof List) || value instanceof Range);
    }

    private static List<Object> distinct(Budget budget, List<Object> elements) {
        if (!elements.stream().allMatch(SetFilters::isHashable)) {
            return distinctByEquality(budget, elements);
        }
        Dict seen = new Dict();
        elements.forEach(element -> {
            if (!seen.has(element)) {
                seen.put(element, true);
            }
        });
        return seen.keys();
    }

    private static List<Object> distinctByEquality(Budget budget, List<Object> elements) {
        List<Object> distinct = new ArrayList<>();
        for (Object element : elements) {
            budget.steps(distinct.size());
            if (!Operators.contains(distinct, element)) {
                distinct.add(element);
            }
        }
        return distinct;
    }

    private static List<Object> union(Budget budget, Object a, Object b) {
        requireOrder(a, b);
        Object sum = Arithmetic.add(budget, a, b);
        return distinct(budget, Iteration.of(sum));
    }

    /** Those of {@code a} that are in {@code b}, or those that are not. */
    private static List<Object> common(Budget budget, Object a, Object b, boolean inBoth) {
        requireOrder(a, b);
        List<Object> kept = new ArrayList<>();
        for (Object element : Iteration.of(a)) {
            budget.tick();
            if (Operators.contains(b, element) == inBoth) {
                kept.add(element);
            }
        }
        budget.elements(kept.size());
        return kept;
    }

    /** Lists in lists as one, so many levels deep; null for all levels. */
    static List<Object> flattened(
            Budget budget, List<Object> elements, @CheckForNull Integer levels, boolean skipNulls) {
        List<Object> flat = new ArrayList<>();
        flatten(budget, elements, levels, skipNulls, flat);
        return flat;
    }

    private static void flatten(
            Budget budget, List<Object> elements, Integer levels, boolean skipNulls, List<Object> flat) {
        budget.elements(elements.size());
        for (Object element : elements) {
            boolean none = element == null || "None".equals(element) || "null".equals(element);
            if (none && skipNulls) {
                continue;
            }
            if (Types.isSequence(element) && (levels == null || levels >= 1)) {
                flatten(budget, Iteration.of(element), levels == null ? null : levels - 1, skipNulls, flat);
            } else {
                flat.add(element);
            }
        }
    }

    private static Object zip(Budget budget, List<?> lists, boolean longest, Object fill) {
        List<List<Object>> columns = new ArrayList<>();
        lists.forEach(list -> columns.add(Iteration.of(list)));
        int rows = longest
                ? columns.stream().mapToInt(List::size).max().orElse(0)
                : columns.stream().mapToInt(List::size).min().orElse(0);
        budget.elements(Limits.product(rows, columns.size()));
        List<Object> zipped = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<Object> tuple = new ArrayList<>();
            for (List<Object> column : columns) {
                tuple.add(row < column.size() ? column.get(row) : fill);
            }
            zipped.add(new Tuple(tuple));
        }
        return zipped;
    }
}
