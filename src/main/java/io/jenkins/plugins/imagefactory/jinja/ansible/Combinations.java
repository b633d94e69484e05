package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Ansible's {@code product}, {@code permutations} and {@code combinations}: Python's itertools. */
final class Combinations {
    private Combinations() {}

    static void define(Functions filters) {
        filters.define("product(*lists, repeat=1)", (f, a) -> product(f, (List<?>) a[1], a[0]))
                .define("permutations(iterable, r=None)", (f, a) -> chosen(f, a[0], a[1], false))
                .define("combinations(iterable, r)", (f, a) -> chosen(f, a[0], a[1], true));
    }

    private static Object product(Caller caller, List<?> lists, Object repeat) {
        int times = Numbers.toInt(repeat, "repeat");
        if (times < 0) {
            throw new TemplateException("the repeat argument of product cannot be negative");
        }
        caller.budget().elements(Limits.product(times, lists.size()));
        List<List<Object>> columns = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            lists.forEach(list -> columns.add(Iteration.of(list)));
        }
        List<Object> products = new ArrayList<>();
        products.add(new Tuple(List.of()));
        for (int width = 1; width <= columns.size(); width++) {
            List<Object> column = columns.get(width - 1);
            caller.budget().elements(Limits.product(Limits.product(products.size(), column.size()), width + 1L));
            List<Object> longer = new ArrayList<>();
            for (Object product : products) {
                for (Object element : column) {
                    List<Object> items = new ArrayList<>(((Tuple) product).items());
                    items.add(element);
                    longer.add(new Tuple(items));
                }
            }
            products = longer;
        }
        return products;
    }

    /** Each choice of {@code size} elements, by their places in the list; {@code sorted} for each set of them once. */
    private static Object chosen(Caller caller, Object iterable, Object size, boolean sorted) {
        List<Object> elements = Iteration.of(iterable);
        int count = size == null && !sorted ? elements.size() : Numbers.toInt(size, "r");
        if (count < 0) {
            throw new TemplateException("r must be non-negative");
        }
        List<Object> choices = new ArrayList<>();
        if (count <= elements.size()) {
            choose(caller, elements, new int[count], 0, sorted, choices);
        }
        return choices;
    }

    private static void choose(
            Caller caller, List<Object> elements, int[] places, int chosen, boolean sorted, List<Object> choices) {
        caller.budget().tick();
        if (chosen == places.length) {
            caller.budget().elements(places.length + 2L);
            List<Object> choice = new ArrayList<>();
            for (int place : places) {
                choice.add(elements.get(place));
            }
            choices.add(new Tuple(choice));
            return;
        }
        int first = sorted && chosen > 0 ? places[chosen - 1] + 1 : 0;
        int last = sorted ? elements.size() - (places.length - chosen) : elements.size() - 1;
        for (int place = first; place <= last; place++) {
            if (sorted || !isTaken(places, chosen, place)) {
                places[chosen] = place;
                choose(caller, elements, places, chosen + 1, sorted, choices);
            }
        }
    }

    private static boolean isTaken(int[] places, int chosen, int place) {
        for (int i = 0; i < chosen; i++) {
            if (places[i] == place) {
                return true;
            }
        }
        return false;
    }
}
