package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.regex.Matches;
import io.jenkins.plugins.imagefactory.jinja.python.regex.PythonRegex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ansible's filters and tests with regular expressions. */
final class RegexFilters {
    private static final String SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";
    private static final String SPECIAL_POSIX = "].[^$*\\";

    private RegexFilters() {}

    static void define(Functions filters) {
        filters.define(
                        "regex_replace(value='', pattern='', replacement='', ignorecase=False, multiline=False)",
                        (f, a) -> {
                            PythonRegex regex = regex(a[1], a[3], a[4]);
                            return f.budget().text(regex.replaceAll(f.budget(), text(a[0]), text(a[2])));
                        })
                .define("regex_search(value, regex, *args, **kwargs)", RegexFilters::search)
                .define("regex_findall(value, regex, multiline=False, ignorecase=False)", RegexFilters::findAll)
                .define("regex_escape(string, re_type='python')", (f, a) -> escape(text(a[0]), text(a[1])));
    }

    static void defineTests(Functions tests) {
        tests.define(
                        "match(value, pattern='', ignorecase=False, multiline=False)",
                        (f, a) -> matches(f.budget(), a, "match"))
                .define(
                        "search(value, pattern='', ignorecase=False, multiline=False)",
                        (f, a) -> matches(f.budget(), a, "search"))
                .define(
                        "regex(value='', pattern='', ignorecase=False, multiline=False, match_type='search')",
                        (f, a) -> matches(f.budget(), a, text(a[4])));
    }

    private static String text(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return PythonRepr.str(value);
    }

    private static PythonRegex regex(Object pattern, Object ignoreCase, Object multiline) {
        return PythonRegex.of(pattern, Operators.truth(ignoreCase), Operators.truth(multiline));
    }

    private static boolean matches(Budget budget, Object[] a, String type) {
        Matches matches = regex(a[1], a[2], a[3]).in(budget, text(a[0]));
        return switch (type) {
            case "search" -> matches.find();
            case "match" -> matches.lookingAt();
            case "fullmatch" -> matches.matches();
            default ->
                throw new TemplateException(
                        "the match_type of regex must be 'search', 'match' or 'fullmatch', not '" + type + "'");
        };
    }

    private static Object search(Caller caller, Object[] a) {
        Dict options = ((Dict) a[3]).copy();
        Object ignoreCase = options.remove("ignorecase");
        Object multiline = options.remove("multiline");
        PythonRegex regex = regex(a[1], ignoreCase, multiline);
        List<String> groups = new ArrayList<>();
        for (Object argument : (List<?>) a[2]) {
            groups.add(group(text(argument)));
        }
        Matches matches = regex.in(caller.budget(), text(a[0]));
        if (!matches.find()) {
            return null;
        }
        if (groups.isEmpty()) {
            return group(matches, 0);
        }
        List<Object> found = new ArrayList<>();
        groups.forEach(group -> found.add(matches.group(regex.group(group))));
        return found;
    }

    /** Of {@code \1} or {@code \g<name>}. */
    private static String group(String argument) {
        if (argument.startsWith("\\g<") && argument.indexOf('>') > 3) {
            return argument.substring(3, argument.lastIndexOf('>'));
        }
        String digits = argument.replaceFirst("^\\\\([0-9]+).*", "$1");
        if (argument.startsWith("\\") && !digits.equals(argument)) {
            return digits;
        }
        throw new TemplateException("regex_search takes groups as '\\\\1' or '\\\\g<name>', not '" + argument + "'");
    }

    private static Object findAll(Caller caller, Object[] a) {
        PythonRegex regex = regex(a[1], a[3], a[2]);
        int groups = regex.groups();
        Matches matches = regex.in(caller.budget(), text(a[0]));
        List<Object> found = new ArrayList<>();
        while (matches.find()) {
            caller.budget().elements(1);
            found.add(groups == 0 ? group(matches, 0) : groups == 1 ? group(matches, 1) : groups(matches));
        }
        return found;
    }

    private static String group(Matches matches, int group) {
        String text = matches.group(group);
        return text == null ? "" : Budget.current().text(text);
    }

    private static Tuple groups(Matches matches) {
        Budget.current().elements(matches.groupCount());
        Object[] groups = new Object[matches.groupCount()];
        Arrays.setAll(groups, i -> group(matches, i + 1));
        return Tuple.of(groups);
    }

    private static String escape(String text, String type) {
        String special = switch (type) {
            case "python" -> SPECIAL;
            case "posix_basic" -> SPECIAL_POSIX;
            default ->
                throw new TemplateException(
                        "regex_escape knows the types 'python' and 'posix_basic', not '" + type + "'");
        };
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            escaped.append(special.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return escaped.toString();
    }
}
