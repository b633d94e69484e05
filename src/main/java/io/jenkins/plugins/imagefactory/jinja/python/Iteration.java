package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What a for loop, an unpacking or a filter goes through. */
public final class Iteration {
    private Iteration() {}

    /** The elements, in order; of a dict its keys, of a string its characters. The caller must not change the list. */
    public static List<Object> of(Object value) {
        List<Object> elements = orNull(value);
        if (elements == null) {
            throw new TemplateException("a " + Types.name(value) + " cannot be iterated over");
        }
        return elements;
    }

    public static boolean isPossible(Object value) {
        return orNull(value) != null;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> orNull(Object value) {
        if (value instanceof List) {
            return (List<Object>) value;
        }
        if (value instanceof Tuple tuple) {
            return tuple.items();
        }
        if (value instanceof Dict dict) {
            Budget.current().visits(dict.size());
            return dict.keys();
        }
        if (value instanceof DictView view) {
            Budget.current().visits(view.dict().size());
            return view.elements();
        }
        if (value instanceof String text) {
            return characters(text);
        }
        if (value instanceof Markup markup) {
            return characters(markup.text());
        }
        if (value instanceof Iterator<?> iterator) {
            List<Object> remaining = new ArrayList<>();
            iterator.forEachRemaining(remaining::add);
            return remaining;
        }
        if (value instanceof Undefined undefined) {
            if (undefined.isLenient()) {
                return List.of();
            }
            throw undefined.failure();
        }
        return null;
    }

    private static List<Object> characters(String text) {
        Budget.current().elements(text.length());
        List<Object> characters = new ArrayList<>(text.length());
        for (int i = 0; i < text.length(); ) {
            int next = i + Character.charCount(text.codePointAt(i));
            characters.add(text.substring(i, next));
            i = next;
        }
        return characters;
    }

    /** Python's len(). */
    public static int length(Object value) {
        if (value instanceof String text) {
            return PythonText.length(text);
        }
        if (value instanceof Markup markup) {
            return PythonText.length(markup.text());
        }
        if (value instanceof Dict dict) {
            return dict.size();
        }
        List<Object> elements = orNull(value);
        if (elements == null) {
            throw new TemplateException("a " + Types.name(value) + " has no length");
        }
        return elements.size();
    }
}
