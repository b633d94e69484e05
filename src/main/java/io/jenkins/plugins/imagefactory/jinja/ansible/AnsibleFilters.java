package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Arithmetic;
import io.jenkins.plugins.imagefactory.jinja.python.method.Attributes;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringMethods;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringSplitting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The filters that Ansible adds to Jinja2's. */
public final class AnsibleFilters {
    private static final Set<String> TRUE = Set.of("yes", "on", "1", "true");
    private static final String NEEDS_QUOTES_NOT = "@%+=:,./-_";

    private AnsibleFilters() {}

    public static void define(Functions filters) {
        filters.define("mandatory(a, msg=None)", (f, a) -> {
                    if (a[0] instanceof Undefined undefined) {
                        throw a[1] == null ? undefined.failure() : new TemplateException(PythonRepr.str(a[1]));
                    }
                    return a[0];
                })
                .define("ternary(value, true_val, false_val, none_val=None)", (f, a) -> {
                    if (a[0] == null && a[3] != null) {
                        return a[3];
                    }
                    return Operators.truth(a[0]) ? a[1] : a[2];
                })
                .define("bool(a)", (f, a) -> bool(a[0]))
                .define(
                        "split(string, separator=None, maxsplit=-1)",
                        (f, a) -> StringSplitting.split(path(a[0]), a[1], a[2]))
                .define("type_debug(obj)", (f, a) -> Types.name(a[0]))
                .define("path_join(paths)", (f, a) -> pathJoin(a[0]))
                .define("quote(a)", (f, a) -> quote(f.budget(), a[0]))
                .define("extract(item, container, morekeys=None)", AnsibleFilters::extract)
                .define(
                        "basename(path)",
                        (f, a) -> path(a[0]).substring(path(a[0]).lastIndexOf('/') + 1))
                .define("dirname(path)", (f, a) -> dirname(path(a[0])))
                .define("splitext(path)", (f, a) -> splitext(path(a[0])));
        MathFilters.define(filters);
        DataFilters.define(filters);
        DictFilters.define(filters);
        SetFilters.define(filters);
        RegexFilters.define(filters);
        HashFilters.define(filters);
        CommentFilter.define(filters);
        RandomFilters.define(filters);
        SizeFilters.define(filters);
        TimeFilters.define(filters);
        Combinations.define(filters);
        UrlFilters.define(filters);
        PasswordFilter.define(filters);
    }

    /** As text; what is undefined is an error. */
    static String text(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return PythonRepr.str(value);
    }

    private static Object bool(Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (Types.isString(value)) {
            return TRUE.contains(value.toString().toLowerCase(Locale.ROOT));
        }
        return Types.isNumber(value) && Operators.equal(value, 1L);
    }

    /** For a POSIX shell. */
    private static Object quote(Budget budget, Object value) {
        String text = value == null ? "" : text(value);
        boolean safe = !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || NEEDS_QUOTES_NOT.indexOf(c) >= 0));
        Object whole = value instanceof Markup ? value : text;
        if (safe) {
            return whole;
        }
        Object inside = StringMethods.replace(budget, whole, "'", "'\"'\"'", -1L);
        return Arithmetic.add(budget, Arithmetic.add(budget, "'", inside), "'");
    }

    private static Object extract(Caller caller, Object[] a) {
        List<Object> keys = new ArrayList<>();
        keys.add(a[0]);
        if (a[2] instanceof List<?> several) {
            keys.addAll(several);
        } else if (a[2] != null) {
            keys.add(a[2]);
        }
        Object value = a[1];
        for (Object key : keys) {
            if (value instanceof Undefined) {
                return value;
            }
            value = Attributes.item(value, key);
        }
        return value;
    }

    private static String path(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isString(value)) {
            throw new TemplateException("a path must be a string, not a " + Types.name(value));
        }
        return value.toString();
    }

    /** An absolute path takes the place of what stands before it. */
    private static String pathJoin(Object paths) {
        StringBuilder joined = new StringBuilder();
        for (Object part : Types.isString(paths) ? List.of(paths) : Iteration.of(paths)) {
            String path = path(part);
            if (path.startsWith("/")) {
                joined.setLength(0);
            } else if (!joined.isEmpty() && joined.charAt(joined.length() - 1) != '/') {
                joined.append('/');
            }
            joined.append(path);
        }
        return joined.toString();
    }

    private static String dirname(String path) {
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        String withoutSlash = directory.replaceFirst("/+$", "");
        return withoutSlash.isEmpty() ? directory : withoutSlash;
    }

    private static Tuple splitext(String path) {
        int name = path.lastIndexOf('/') + 1;
        int dot = path.lastIndexOf('.');
        boolean extension = dot > name && path.substring(name, dot).chars().anyMatch(c -> c != '.');
        return extension ? Tuple.of(path.substring(0, dot), path.substring(dot)) : Tuple.of(path, "");
    }
}
