package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Frame;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** {@code map}, {@code select}, {@code reject} and their attr forms: filters that apply filters and tests. */
final class SelectFilters {
    private SelectFilters() {}

    static void define(Functions filters) {
        filters.define("map(value, /, *args, **kwargs)", SelectFilters::map)
                .define("select(value, /, *args, **kwargs)", (f, a) -> select(f, a, false, true))
                .define("reject(value, /, *args, **kwargs)", (f, a) -> select(f, a, false, false))
                .define("selectattr(value, /, *args, **kwargs)", (f, a) -> select(f, a, true, true))
                .define("rejectattr(value, /, *args, **kwargs)", (f, a) -> select(f, a, true, false));
    }

    private static Object map(Caller caller, Object[] a) {
        List<?> positional = (List<?>) a[1];
        Dict named = (Dict) a[2];
        List<Object> elements = elements(a[0]);
        caller.budget().elements(2L * elements.size());
        UnaryOperator<Object> mapping;
        if (positional.isEmpty() && named.has("attribute")) {
            Dict others = named.copy();
            Object attribute = others.remove("attribute");
            Object standard = others.remove("default");
            if (!others.isEmpty()) {
                throw new TemplateException(
                        "map has no argument named '" + others.names().get(0) + "'");
            }
            mapping = Extraction.of(attribute, standard, false);
        } else {
            if (positional.isEmpty()) {
                throw new TemplateException("map needs the name of a filter or an attribute");
            }
            Function filter = Frame.of(caller).environment().builtins().filter(PythonRepr.str(positional.get(0)));
            Arguments further = arguments(positional.subList(1, positional.size()), named);
            mapping = element -> filter.call(caller, further.after(element));
        }
        List<Object> mapped = new ArrayList<>(elements.size());
        for (Object element : elements) {
            caller.budget().tick();
            mapped.add(mapping.apply(element));
        }
        return mapped;
    }

    private static Object select(Caller caller, Object[] a, boolean ofAttribute, boolean keeps) {
        List<?> positional = (List<?>) a[1];
        UnaryOperator<Object> getter = element -> element;
        List<?> left = positional;
        if (ofAttribute) {
            if (positional.isEmpty()) {
                throw new TemplateException("selectattr and rejectattr need the name of an attribute");
            }
            getter = Extraction.of(positional.get(0), null, false);
            left = positional.subList(1, positional.size());
        }
        UnaryOperator<Object> test = value -> Operators.truth(value);
        if (!left.isEmpty()) {
            Function function = Frame.of(caller).environment().builtins().test(PythonRepr.str(left.get(0)));
            Arguments further = arguments(left.subList(1, left.size()), (Dict) a[2]);
            test = value -> function.call(caller, further.after(value));
        }
        List<Object> selected = new ArrayList<>();
        List<Object> elements = elements(a[0]);
        caller.budget().elements(elements.size());
        for (Object element : elements) {
            caller.budget().tick();
            if (Operators.truth(test.apply(getter.apply(element))) == keeps) {
                selected.add(element);
            }
        }
        return selected;
    }

    /** As in Jinja2, what is false (0, none) is taken for empty. */
    private static List<Object> elements(Object value) {
        return Operators.truth(value) ? Iteration.of(value) : List.of();
    }

    private static Arguments arguments(List<?> positional, Dict named) {
        Map<String, Object> names = new LinkedHashMap<>();
        named.forEach((name, value) -> names.put(name.toString(), value));
        return new Arguments(new ArrayList<>(positional), names);
    }
}
