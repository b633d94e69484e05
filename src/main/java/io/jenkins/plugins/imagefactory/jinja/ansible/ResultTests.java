package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.List;
import java.util.Set;

/** Ansible's tests of what is true in other ways than Python's, and of what a task returned. */
final class ResultTests {
    private static final Set<String> TRUE = Set.of("y", "yes", "on", "1", "true", "t");
    private static final Set<String> FALSE = Set.of("n", "no", "off", "0", "false", "f");

    private ResultTests() {}

    static void define(Functions tests) {
        tests.define("truthy(value, convert_bool=False)", (f, a) -> isTruthy(a[0], a[1]))
                .define("falsy(value, convert_bool=False)", (f, a) -> !isTruthy(a[0], a[1]))
                .define("failed(result)", says("failed"))
                .alias("failure", "failed")
                .define("succeeded(result)", (f, a) -> !Operators.truth(said(a[0], "failed")))
                .alias("success", "succeeded")
                .alias("successful", "succeeded")
                .define("unreachable(result)", says("unreachable"))
                .define("reachable(result)", (f, a) -> !Operators.truth(said(a[0], "unreachable")))
                .define("skipped(result)", says("skipped"))
                .alias("skip", "skipped")
                .define("changed(result)", (f, a) -> hasChanged(a[0]))
                .alias("change", "changed")
                .define("started(result)", (f, a) -> isDone(a[0], "started"))
                .define("finished(result)", (f, a) -> isDone(a[0], "finished"));
    }

    private static boolean isTruthy(Object value, Object converts) {
        if (!Operators.truth(converts) || !Types.isString(value)) {
            return Operators.truth(value);
        }
        String word = PythonText.strip(PythonText.lower(value.toString()), null);
        return TRUE.contains(word) || !FALSE.contains(word) && Operators.truth(value);
    }

    private static Function.Body says(String key) {
        return (f, a) -> said(a[0], key);
    }

    private static Object said(Object result, String key) {
        Dict dict = dict(result);
        return dict.has(key) ? dict.get(key) : Boolean.FALSE;
    }

    private static Dict dict(Object result) {
        Undefined.fail(result);
        if (result instanceof Dict dict) {
            return dict;
        }
        throw new TemplateException("a test of a task's result needs a dict, not a " + Types.name(result));
    }

    /** Of a task that ran in a loop one change is enough. */
    private static Object hasChanged(Object result) {
        Dict dict = dict(result);
        if (dict.has("changed") || !(dict.get("results") instanceof List<?> results)) {
            return said(result, "changed");
        }
        if (results.isEmpty()) {
            throw new TemplateException("a task's result has no results in it");
        }
        return results.get(0) instanceof Dict
                && results.stream().anyMatch(each -> Operators.truth(said(each, "changed")));
    }

    private static boolean isDone(Object result, String key) {
        return !dict(result).has(key) || Operators.equal(dict(result).get(key), 1L);
    }
}
