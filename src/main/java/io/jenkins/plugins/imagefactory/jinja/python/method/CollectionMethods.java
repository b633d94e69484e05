package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.DictView;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The methods of Python's list, tuple and dict. */
final class CollectionMethods {
    /** One element, whose value may be larger than that of most. */
    private static final int ADDED = 2;

    private CollectionMethods() {}

    static Map<String, Function> ofTuples() {
        return searches(new Functions()).toMap();
    }

    private static Functions searches(Functions methods) {
        return methods.define(
                        "count(self, value, /)",
                        (f, a) -> elements(a[0]).stream()
                                .filter(element -> Operators.equal(element, a[1]))
                                .count())
                .define("index(self, value, start=0, stop=9223372036854775807, /)", (f, a) -> {
                    List<Object> elements = elements(a[0]);
                    long from = fromStart(a[2], elements.size());
                    long to = Math.min(elements.size(), fromStart(a[3], elements.size()));
                    for (long i = from; i < to; i++) {
                        if (Operators.equal(elements.get((int) i), a[1])) {
                            return i;
                        }
                    }
                    throw new TemplateException(PythonRepr.repr(a[1]) + " is not in the " + Types.name(a[0]));
                });
    }

    private static long fromStart(Object index, int size) {
        if (!Types.isInteger(index)) {
            throw new TemplateException("slice indices must be integers, not " + Types.name(index));
        }
        long number = Numbers.clamped(index);
        return number < 0 ? Math.max(0, number + size) : number;
    }

    static Map<String, Function> ofLists() {
        return searches(new Functions())
                .define("append(self, object, /)", (f, a) -> {
                    f.budget().elements(ADDED);
                    elements(a[0]).add(a[1]);
                    return null;
                })
                .define("extend(self, iterable, /)", (f, a) -> {
                    List<Object> more = new ArrayList<>(Iteration.of(a[1]));
                    f.budget().elements(more.size());
                    elements(a[0]).addAll(more);
                    return null;
                })
                .define("insert(self, index, object, /)", (f, a) -> {
                    f.budget().elements(ADDED);
                    List<Object> list = elements(a[0]);
                    list.add((int) Math.min(list.size(), fromStart(a[1], list.size())), a[2]);
                    return null;
                })
                .define("pop(self, index=-1, /)", (f, a) -> {
                    List<Object> list = elements(a[0]);
                    long index = Numbers.toInt(a[1], "an index");
                    long fromStart = index < 0 ? index + list.size() : index;
                    if (fromStart < 0 || fromStart >= list.size()) {
                        throw new TemplateException(
                                "pop() from " + (list.isEmpty() ? "an empty list" : "outside of a list"));
                    }
                    return list.remove((int) fromStart);
                })
                .define("remove(self, value, /)", (f, a) -> {
                    List<Object> list = elements(a[0]);
                    for (int i = 0; i < list.size(); i++) {
                        if (Operators.equal(list.get(i), a[1])) {
                            list.remove(i);
                            return null;
                        }
                    }
                    throw new TemplateException(PythonRepr.repr(a[1]) + " is not in the list");
                })
                .define("clear(self, /)", (f, a) -> {
                    elements(a[0]).clear();
                    return null;
                })
                .define("reverse(self, /)", (f, a) -> {
                    Collections.reverse(elements(a[0]));
                    return null;
                })
                .define("sort(self, /, *, key=None, reverse=False)", (f, a) -> {
                    if (a[1] != null) {
                        throw new TemplateException("sort() with a key cannot be used in a template");
                    }
                    Sorting.sort(elements(a[0]), element -> element, Operators.truth(a[2]));
                    return null;
                })
                .define("copy(self, /)", (f, a) -> {
                    f.budget().elements(elements(a[0]).size());
                    return new ArrayList<>(elements(a[0]));
                })
                .toMap();
    }

    static Map<String, Function> ofDicts() {
        return new Functions()
                .define("keys(self, /)", (f, a) -> new DictView(DictView.Kind.KEYS, dict(a[0])))
                .define("values(self, /)", (f, a) -> new DictView(DictView.Kind.VALUES, dict(a[0])))
                .define("items(self, /)", (f, a) -> new DictView(DictView.Kind.ITEMS, dict(a[0])))
                .define(
                        "get(self, key, default=None, /)",
                        (f, a) -> dict(a[0]).has(a[1]) ? dict(a[0]).get(a[1]) : a[2])
                .define("fromkeys(self, iterable, value=None, /)", (f, a) -> {
                    Dict made = new Dict();
                    Iteration.of(a[1]).forEach(key -> made.put(key, a[2]));
                    f.budget().elements(made.size());
                    return made;
                })
                .define("copy(self, /)", (f, a) -> {
                    f.budget().elements(dict(a[0]).size());
                    return dict(a[0]).copy();
                })
                .define("setdefault(self, key, default=None, /)", (f, a) -> {
                    if (!dict(a[0]).has(a[1])) {
                        f.budget().elements(1);
                        dict(a[0]).put(a[1], a[2]);
                    }
                    return dict(a[0]).get(a[1]);
                })
                .define("update(self, /, *args, **kwargs)", (f, a) -> {
                    List<?> others = (List<?>) a[1];
                    if (others.size() > 1) {
                        throw new TemplateException("update() takes at most one argument without a name");
                    }
                    Dict more = Dict.of(others, (Dict) a[2]);
                    f.budget().elements(more.size());
                    dict(a[0]).putAll(more);
                    return null;
                })
                .define("pop(self, key, /, *default)", (f, a) -> {
                    List<?> standard = (List<?>) a[2];
                    if (!dict(a[0]).has(a[1]) && standard.isEmpty()) {
                        throw new TemplateException("pop(): the dict has no key " + PythonRepr.repr(a[1]));
                    }
                    return dict(a[0]).has(a[1]) ? dict(a[0]).remove(a[1]) : standard.get(0);
                })
                .define("popitem(self, /)", (f, a) -> {
                    if (dict(a[0]).isEmpty()) {
                        throw new TemplateException("popitem(): the dict is empty");
                    }
                    List<Object> keys = dict(a[0]).keys();
                    Object last = keys.get(keys.size() - 1);
                    return Tuple.of(last, dict(a[0]).remove(last));
                })
                .define("clear(self, /)", (f, a) -> {
                    dict(a[0]).clear();
                    return null;
                })
                .toMap();
    }

    static Map<String, Function> ofViews() {
        return new Functions()
                .define("isdisjoint(self, other, /)", (f, a) -> {
                    if (((DictView) a[0]).kind() == DictView.Kind.VALUES) {
                        throw new TemplateException("a dict_values has no attribute 'isdisjoint'");
                    }
                    return Iteration.of(a[1]).stream().noneMatch(element -> Operators.contains(a[0], element));
                })
                .toMap();
    }

    private static Dict dict(Object self) {
        return (Dict) self;
    }

    private static List<Object> elements(Object self) {
        return Iteration.of(self);
    }
}
