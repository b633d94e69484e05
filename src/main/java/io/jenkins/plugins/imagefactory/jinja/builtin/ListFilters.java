package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Frame;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Comparison;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Arithmetic;
import io.jenkins.plugins.imagefactory.jinja.python.method.Attributes;
import io.jenkins.plugins.imagefactory.jinja.python.method.Sorting;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringMethods;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Jinja2's filters over collections. */
public final class ListFilters {
    private static final List<String> GROUP = List.of("grouper", "list");

    private ListFilters() {}

    static void define(Functions filters) {
        basics(filters);
        filters.define("batch(value, linecount, fill_with=None)", ListFilters::batch)
                .define("slice(value, slices, fill_with=None)", ListFilters::slice)
                .define("join(value, d='', attribute=None)", ListFilters::join)
                .define("sum(iterable, attribute=None, start=0)", ListFilters::sum)
                .define("sort(value, reverse=False, case_sensitive=False, attribute=None)", ListFilters::sort)
                .define("dictsort(value, case_sensitive=False, by='key', reverse=False)", ListFilters::dictsort)
                .define("groupby(value, attribute, default=None, case_sensitive=False)", ListFilters::groupby)
                .define("max(value, case_sensitive=False, attribute=None)", (f, a) -> extreme(a, true))
                .define("min(value, case_sensitive=False, attribute=None)", (f, a) -> extreme(a, false));
    }

    private static void basics(Functions filters) {
        filters.define("default(value, default_value='', boolean=False)", (f, a) -> {
                    boolean missing = a[0] instanceof Undefined || Operators.truth(a[2]) && !Operators.truth(a[0]);
                    return missing ? a[1] : a[0];
                })
                .alias("d", "default")
                .define("length(value)", (f, a) -> (long) Iteration.length(a[0]))
                .alias("count", "length")
                .define("list(value)", (f, a) -> copied(f.budget(), a[0]))
                .define("first(seq)", (f, a) -> {
                    List<Object> elements = Iteration.of(a[0]);
                    return elements.isEmpty()
                            ? Undefined.of("there is no first item, the sequence is empty", null)
                            : elements.get(0);
                })
                .define("last(seq)", (f, a) -> {
                    List<Object> elements = Iteration.of(a[0]);
                    return elements.isEmpty()
                            ? Undefined.of("there is no last item, the sequence is empty", null)
                            : elements.get(elements.size() - 1);
                })
                .define("reverse(value)", (f, a) -> reverse(f.budget(), a[0]))
                .define("items(value)", (f, a) -> {
                    if (a[0] instanceof Undefined) {
                        return new ArrayList<>();
                    }
                    if (!(a[0] instanceof Dict dict)) {
                        throw new TemplateException("items needs a dict, not a " + Types.name(a[0]));
                    }
                    return dict.items();
                })
                .define("attr(obj, name)", (f, a) -> {
                    String name = PythonRepr.str(a[1]);
                    if (a[0] instanceof Undefined) {
                        return a[0];
                    }
                    Object value = Attributes.attributeOnly(a[0], name);
                    return value == Attributed.MISSING ? Undefined.attribute(a[0], name, List::of) : value;
                });
    }

    public static List<Object> copied(Budget budget, Object value) {
        List<Object> elements = Iteration.of(value);
        budget.elements(elements.size());
        return new ArrayList<>(elements);
    }

    private static Object reverse(Budget budget, Object value) {
        if (Types.isString(value)) {
            return StringMethods.like(
                    value, new StringBuilder(value.toString()).reverse().toString());
        }
        List<Object> reversed = copied(budget, value);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Object batch(Caller caller, Object[] a) {
        int size = Numbers.toInt(a[1], "the size of a batch");
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object element : copied(caller.budget(), a[0])) {
            if (batch.size() == size) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(element);
        }
        if (!batch.isEmpty()) {
            if (a[2] != null) {
                caller.budget().elements(Math.max(0, size - batch.size()));
                while (batch.size() < size) {
                    batch.add(a[2]);
                }
            }
            batches.add(batch);
        }
        return batches;
    }

    private static Object slice(Caller caller, Object[] a) {
        List<Object> elements = copied(caller.budget(), a[0]);
        int count = Numbers.toInt(a[1], "the number of slices");
        if (count == 0) {
            throw new TemplateException("division by zero");
        }
        caller.budget().elements(Math.max(0, count));
        int size = Math.floorDiv(elements.size(), count);
        int larger = Math.floorMod(elements.size(), count);
        List<Object> slices = new ArrayList<>();
        int position = 0;
        for (int i = 0; i < count; i++) {
            int end = position + size + (i < larger ? 1 : 0);
            List<Object> slice = new ArrayList<>(elements.subList(position, end));
            if (a[2] != null && i >= larger) {
                slice.add(a[2]);
            }
            slices.add(slice);
            position = end;
        }
        return slices;
    }

    private static Object join(Caller caller, Object[] a) {
        UnaryOperator<Object> getter = Extraction.of(a[2], null, false);
        List<Object> values = new ArrayList<>();
        Iteration.of(a[0]).forEach(element -> values.add(getter.apply(element)));
        boolean markup = Frame.of(caller).autoescape()
                && (a[1] instanceof Markup || values.stream().anyMatch(Markup.class::isInstance));
        String separator = markup ? Markup.escape(a[1]).text() : PythonRepr.str(a[1]);
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            joined.append(i == 0 ? "" : separator)
                    .append(markup ? Markup.escape(value).text() : PythonRepr.str(value));
            caller.budget().room(joined.length());
            caller.budget().tick();
        }
        return StringMethods.like(markup ? new Markup("") : "", joined.toString());
    }

    private static Object sum(Caller caller, Object[] a) {
        UnaryOperator<Object> getter = Extraction.of(a[1], null, false);
        Object sum = a[2];
        if (Types.isString(sum)) {
            throw new TemplateException("sum cannot add strings; use join");
        }
        if (sum instanceof List<?> list && !(sum instanceof Range)) {
            return listSum(caller.budget(), list, Iteration.of(a[0]), getter);
        }
        for (Object element : Iteration.of(a[0])) {
            sum = Arithmetic.add(caller.budget(), sum, getter.apply(element));
        }
        return sum;
    }

    /** All in one list, which is made once. */
    private static Object listSum(Budget budget, List<?> start, List<Object> lists, UnaryOperator<Object> getter) {
        List<Object> sum = new ArrayList<>(start);
        budget.elements(sum.size());
        for (Object element : lists) {
            Object list = getter.apply(element);
            if (!(list instanceof List<?> more) || list instanceof Range) {
                return Arithmetic.add(budget, sum, list);
            }
            budget.elements(more.size());
            sum.addAll(more);
        }
        return sum;
    }

    private static Object sort(Caller caller, Object[] a) {
        List<Object> sorted = copied(caller.budget(), a[0]);
        List<UnaryOperator<Object>> getters = Extraction.several(a[3], !Operators.truth(a[2]));
        Sorting.sort(sorted, element -> keys(getters, element), Operators.truth(a[1]));
        return sorted;
    }

    private static Object keys(List<UnaryOperator<Object>> getters, Object element) {
        List<Object> keys = new ArrayList<>();
        getters.forEach(getter -> keys.add(getter.apply(element)));
        return keys;
    }

    private static Object dictsort(Caller caller, Object[] a) {
        String by = PythonRepr.str(a[2]);
        if (!by.equals("key") && !by.equals("value")) {
            throw new TemplateException("dictsort sorts by 'key' or 'value', not by '" + by + "'");
        }
        if (!(a[0] instanceof Dict dict)) {
            throw new TemplateException("dictsort needs a dict, not a " + Types.name(a[0]));
        }
        List<Object> items = dict.items();
        caller.budget().elements(items.size());
        UnaryOperator<Object> key = Extraction.of(by.equals("key") ? 0L : 1L, null, !Operators.truth(a[1]));
        Sorting.sort(items, key, Operators.truth(a[3]));
        return items;
    }

    private static Object groupby(Caller caller, Object[] a) {
        boolean ignoreCase = !Operators.truth(a[3]);
        UnaryOperator<Object> key = Extraction.of(a[1], a[2], ignoreCase);
        UnaryOperator<Object> original = Extraction.of(a[1], a[2], false);
        List<Object> elements = copied(caller.budget(), a[0]);
        Sorting.sort(elements, key, false);
        List<Object> groups = new ArrayList<>();
        List<Object> group = null;
        Object groupKey = null;
        for (Object element : elements) {
            Object elementKey = key.apply(element);
            if (group == null || !Operators.equal(groupKey, elementKey)) {
                group = new ArrayList<>();
                groupKey = elementKey;
                List<Object> parts = new ArrayList<>();
                parts.add(original.apply(element));
                parts.add(group);
                groups.add(new Tuple(parts, GROUP));
            }
            group.add(element);
        }
        return groups;
    }

    private static Object extreme(Object[] a, boolean largest) {
        UnaryOperator<Object> key = Extraction.of(a[2], null, !Operators.truth(a[1]));
        List<Object> elements = Iteration.of(a[0]);
        if (elements.isEmpty()) {
            return Undefined.of("there is no item, the sequence is empty", null);
        }
        Object best = elements.get(0);
        Object bestKey = key.apply(best);
        for (Object element : elements.subList(1, elements.size())) {
            Object elementKey = key.apply(element);
            boolean better =
                    largest ? Comparison.GREATER.holds(elementKey, bestKey) : Operators.less(elementKey, bestKey);
            if (better) {
                best = element;
                bestKey = elementKey;
            }
        }
        return best;
    }
}
