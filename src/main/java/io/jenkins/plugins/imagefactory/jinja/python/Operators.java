package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.util.List;

/** What is true, equal, less or contained in Python. */
public final class Operators {
    private Operators() {}

    public static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value == null) {
            return false;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Dict dict) {
            return !dict.isEmpty();
        }
        if (value instanceof Tuple tuple) {
            return !tuple.items().isEmpty();
        }
        if (value instanceof Markup markup) {
            return !markup.text().isEmpty();
        }
        if (value instanceof DictView view) {
            return !view.dict().isEmpty();
        }
        if (value instanceof Undefined undefined) {
            if (undefined.isLenient()) {
                return false;
            }
            throw undefined.failure();
        }
        return !(value instanceof PythonObject object) || object.isTrue();
    }

    public static boolean equal(Object a, Object b) {
        if (a instanceof String && b instanceof String) {
            return a.equals(b);
        }
        failIfUndefined(a);
        failIfUndefined(b);
        if (a == null || b == null) {
            return a == b;
        }
        if (Types.isNumber(a) && Types.isNumber(b)) {
            return !Numbers.isNan(a) && !Numbers.isNan(b) && Numbers.compare(a, b) == 0;
        }
        if (Types.isString(a) && Types.isString(b)) {
            return a.toString().equals(b.toString());
        }
        if (a instanceof Range || b instanceof Range) {
            return a instanceof Range x && b instanceof Range y && x.isEqual(y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return equalElements(x, y);
        }
        if (a instanceof Tuple x && b instanceof Tuple y) {
            return equalElements(x.items(), y.items());
        }
        if (a instanceof Dict x && b instanceof Dict y) {
            return equalDicts(x, y);
        }
        if (a instanceof DictView x
                && b instanceof DictView y
                && x.kind() == y.kind()
                && x.kind() != DictView.Kind.VALUES) {
            List<Object> others = y.elements();
            return x.elements().size() == others.size()
                    && x.elements().stream().allMatch(element -> contains(others, element));
        }
        if (a instanceof PythonObject) {
            return a.equals(b);
        }
        if (a instanceof Undefined && b instanceof Undefined) {
            return true;
        }
        return a == b;
    }

    private static boolean equalElements(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Budget budget = Budget.current();
        for (int i = 0; i < a.size(); i++) {
            budget.tick();
            if (a.get(i) != b.get(i) && !equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalDicts(Dict a, Dict b) {
        if (a.size() != b.size()) {
            return false;
        }
        Budget budget = Budget.current();
        for (Object key : a.keys()) {
            budget.tick();
            if (!b.has(key) || a.get(key) != b.get(key) && !equal(a.get(key), b.get(key))) {
                return false;
            }
        }
        return true;
    }

    public static void failIfUndefined(Object value) {
        if (value instanceof Undefined undefined && !undefined.isLenient()) {
            throw undefined.failure();
        }
    }

    /** Less than 0, 0 or more than 0; values that Python cannot order are an error that names the operator. */
    static int compare(Object a, Object b, String operator) {
        failIfUndefined(a);
        failIfUndefined(b);
        if (Types.isNumber(a) && Types.isNumber(b)) {
            return Numbers.compare(a, b);
        }
        if (Types.isString(a) && Types.isString(b)) {
            return PythonText.compare(a.toString(), b.toString());
        }
        if (a instanceof List<?> x && b instanceof List<?> y && !(a instanceof Range) && !(b instanceof Range)) {
            return compareElements(x, y, operator);
        }
        if (a instanceof Tuple x && b instanceof Tuple y) {
            return compareElements(x.items(), y.items(), operator);
        }
        Integer order = a instanceof PythonObject object ? object.order(b) : null;
        if (order != null) {
            return order;
        }
        throw new TemplateException(
                "'" + operator + "' is not possible between a " + Types.name(a) + " and a " + Types.name(b));
    }

    private static int compareElements(List<?> a, List<?> b, String operator) {
        Budget budget = Budget.current();
        int common = Math.min(a.size(), b.size());
        for (int i = 0; i < common; i++) {
            budget.tick();
            if (!equal(a.get(i), b.get(i))) {
                return compare(a.get(i), b.get(i), operator);
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    public static boolean less(Object a, Object b) {
        return !Numbers.isNan(a) && !Numbers.isNan(b) && compare(a, b, "<") < 0;
    }

    public static boolean contains(Object container, Object element) {
        if (Types.isString(container)) {
            failIfUndefined(element);
            if (!Types.isString(element)) {
                throw new TemplateException("'in' a string needs a string on its left, not a " + Types.name(element));
            }
            return TextSearch.first(container.toString(), element.toString(), 0) >= 0;
        }
        if (container instanceof Dict dict) {
            return dict.has(element);
        }
        if (container instanceof DictView view && view.kind() == DictView.Kind.KEYS) {
            return view.dict().has(element);
        }
        if (!Iteration.isPossible(container)) {
            throw new TemplateException("'in' needs something to look in on its right, not a " + Types.name(container));
        }
        return contains(Iteration.of(container), element);
    }

    public static boolean contains(List<Object> elements, Object element) {
        Budget budget = Budget.current();
        for (Object candidate : elements) {
            budget.tick();
            if (candidate == element || equal(candidate, element)) {
                return true;
            }
        }
        return false;
    }
}
