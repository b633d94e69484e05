package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Ansible's filters that merge dicts and turn them into lists and back. */
final class DictFilters {
    private static final Set<String> LIST_MERGES =
            Set.of("replace", "keep", "append", "prepend", "append_rp", "prepend_rp");

    private DictFilters() {}

    static void define(Functions filters) {
        filters.define("combine(*terms, **kwargs)", DictFilters::combine)
                .define("dict2items(mydict, key_name='key', value_name='value')", DictFilters::dict2items)
                .define("items2dict(mylist, key_name='key', value_name='value')", DictFilters::items2dict)
                .define("subelements(obj, subelements, skip_missing=False)", DictFilters::subelements);
    }

    private static Object combine(Caller caller, Object[] a) {
        Dict options = ((Dict) a[1]).copy();
        boolean recursive = Operators.truth(options.remove("recursive"));
        String lists = options.has("list_merge") ? PythonRepr.str(options.remove("list_merge")) : "replace";
        if (!options.isEmpty()) {
            throw new TemplateException("combine has no argument named '"
                    + options.names().get(0) + "', only 'recursive' and 'list_merge'");
        }
        if (!LIST_MERGES.contains(lists)) {
            throw new TemplateException(
                    "the list_merge of combine cannot be '" + lists + "'", Suggestion.nearest(lists, LIST_MERGES));
        }
        Object result = null;
        List<Object> terms = SetFilters.flattened(caller.budget(), new ArrayList<>((List<?>) a[0]), 1, true);
        for (int i = terms.size() - 1; i >= 0; i--) {
            if (terms.get(i) instanceof Undefined undefined) {
                throw undefined.failure();
            }
            boolean alone = terms.size() == 1;
            if (!(terms.get(i) instanceof Dict) && !alone) {
                throw new TemplateException("combine needs dicts, not a " + Types.name(terms.get(i)));
            }
            result = result == null
                    ? terms.get(i)
                    : merged(caller.budget(), (Dict) terms.get(i), (Dict) result, recursive, lists);
        }
        return result == null ? new Dict() : result;
    }

    private static Dict merged(Budget budget, Dict low, Dict high, boolean recursive, String lists) {
        budget.elements(low.size() + (long) high.size());
        if (low.isEmpty() || Operators.equal(low, high)) {
            return high.copy();
        }
        Dict merged = low.copy();
        high.forEach((key, value) -> {
            Object own = merged.get(key);
            if (own instanceof Dict x && value instanceof Dict y && recursive) {
                merged.put(key, merged(budget, x, y, true, lists));
            } else if (own instanceof List<?> x && value instanceof List<?> y) {
                merged.put(key, mergedLists(budget, x, y, lists));
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private static List<?> mergedLists(Budget budget, List<?> low, List<?> high, String how) {
        return switch (how) {
            case "keep" -> low;
            case "append" -> joined(budget, low, high);
            case "prepend" -> joined(budget, high, low);
            case "append_rp" -> joined(budget, without(budget, low, high), high);
            case "prepend_rp" -> joined(budget, high, without(budget, low, high));
            default -> high;
        };
    }

    private static List<Object> joined(Budget budget, List<?> first, List<?> second) {
        budget.elements(first.size() + (long) second.size());
        List<Object> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }

    private static List<Object> without(Budget budget, List<?> elements, List<?> others) {
        List<Object> kept = new ArrayList<>();
        for (Object element : elements) {
            budget.steps(others.size());
            if (!Operators.contains(new ArrayList<>(others), element)) {
                kept.add(element);
            }
        }
        return kept;
    }

    private static Object dict2items(Caller caller, Object[] a) {
        if (a[0] instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(a[0] instanceof Dict dict)) {
            throw new TemplateException("dict2items needs a dict, not a " + Types.name(a[0]));
        }
        caller.budget().elements(dict.size());
        List<Object> items = new ArrayList<>();
        dict.forEach((key, value) -> {
            Dict item = new Dict();
            item.put(a[1], key);
            item.put(a[2], value);
            items.add(item);
        });
        return items;
    }

    private static Object items2dict(Caller caller, Object[] a) {
        if (a[0] instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isSequence(a[0])) {
            throw new TemplateException("items2dict needs a list, not a " + Types.name(a[0]));
        }
        Dict dict = new Dict();
        for (Object item : Iteration.of(a[0])) {
            if (!(item instanceof Dict pair) || !pair.has(a[1]) || !pair.has(a[2])) {
                throw new TemplateException("items2dict needs dicts with the keys " + PythonRepr.repr(a[1]) + " and "
                        + PythonRepr.repr(a[2]));
            }
            dict.put(pair.get(a[1]), pair.get(a[2]));
        }
        return dict;
    }

    private static Object subelements(Caller caller, Object[] a) {
        List<Object> elements;
        if (a[0] instanceof Dict dict) {
            elements = dict.values();
        } else if (Types.isSequence(a[0])) {
            elements = Iteration.of(a[0]);
        } else {
            throw new TemplateException("subelements needs a list of dicts, not a " + Types.name(a[0]));
        }
        List<Object> path = a[1] instanceof List<?> names ? new ArrayList<>(names) : path(a[1]);
        List<Object> pairs = new ArrayList<>();
        for (Object element : elements) {
            Object found = element;
            for (Object name : path) {
                found = below(found, name, Operators.truth(a[2]), element);
            }
            if (!(found instanceof List<?> list)) {
                throw new TemplateException("subelements needs a list at '" + PythonRepr.str(a[1])
                        + "', but there is a " + Types.name(found));
            }
            caller.budget().elements(list.size());
            list.forEach(item -> pairs.add(Tuple.of(element, item)));
        }
        return pairs;
    }

    private static List<Object> path(Object names) {
        if (!Types.isString(names)) {
            throw new TemplateException("the path of subelements must be a string or a list");
        }
        return new ArrayList<>(List.of(names.toString().split("\\.", -1)));
    }

    private static Object below(Object value, Object name, boolean skipMissing, Object element) {
        if (value instanceof Dict dict) {
            if (dict.has(name)) {
                return dict.get(name);
            }
            if (skipMissing) {
                return new ArrayList<>();
            }
        } else if (value instanceof List<?> list && list.isEmpty() && skipMissing) {
            return list;
        }
        throw new TemplateException(
                "subelements finds no '" + PythonRepr.str(name) + "' in " + PythonRepr.repr(element));
    }
}
