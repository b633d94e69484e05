package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringMethods;
import java.util.Map;

/** Ansible's {@code comment}: text as a comment of some language, with decorated lines before and after it. */
final class CommentFilter {
    private record Style(String beginning, String decoration, String end) {}

    private static final Map<String, Style> STYLES = Map.of(
            "plain", new Style("", "# ", ""),
            "erlang", new Style("", "% ", ""),
            "c", new Style("", "// ", ""),
            "cblock", new Style("/*", " * ", " */"),
            "xml", new Style("<!--", " - ", "-->"));

    private CommentFilter() {}

    static void define(Functions filters) {
        filters.define("comment(text, style='plain', **kw)", CommentFilter::comment);
    }

    private static Object comment(Caller caller, Object[] a) {
        if (!Types.isString(a[0])) {
            AnsibleFilters.text(a[0]);
            throw new TemplateException("comment needs a string, not a " + Types.name(a[0]));
        }
        String name = AnsibleFilters.text(a[1]);
        Style style = STYLES.get(name);
        if (style == null) {
            throw new TemplateException(
                    "there is no style '" + name + "' of comments", Suggestion.nearest(name, STYLES.keySet()));
        }
        Dict options = (Dict) a[2];
        String newline = string(options, "newline", "\n");
        String decoration = string(options, "decoration", style.decoration);
        String bare = PythonText.stripEnd(decoration, null);
        String prefix = truth(options, "prefix", bare);
        String postfix = text(options, "postfix", bare);
        String beginning = truth(options, "beginning", style.beginning) + newline;
        String end = truth(options, "end", style.end);
        Object lines = StringMethods.replace(caller.budget(), a[0], newline, newline + decoration, -1L);
        Object body = StringMethods.replace(
                caller.budget(), decoration + PythonRepr.str(lines), decoration + newline, bare + newline, -1L);
        String before = prefix.isEmpty() ? "" : prefix.equals(newline) ? newline : prefix + newline;
        return caller.budget()
                .text((beginning.equals(newline) ? "" : beginning)
                        + repeated(caller, before, options, "prefix_count")
                        + body
                        + repeated(caller, newline + postfix, options, "postfix_count")
                        + (end.isEmpty() ? "" : newline + end));
    }

    private static String string(Dict options, String name, String standard) {
        if (options.has(name) && !Types.isString(options.get(name))) {
            throw new TemplateException("the " + name + " of comment must be a string");
        }
        return text(options, name, standard);
    }

    private static String text(Dict options, String name, String standard) {
        return options.has(name) ? AnsibleFilters.text(options.get(name)) : standard;
    }

    /** As the text, but empty for everything that is false. */
    private static String truth(Dict options, String name, String standard) {
        return options.has(name) && !Operators.truth(options.get(name)) ? "" : text(options, name, standard);
    }

    private static String repeated(Caller caller, String lines, Dict options, String count) {
        int times = options.has(count)
                ? Math.max(0, Numbers.toInt(options.get(count), "the count of a comment's lines"))
                : 1;
        caller.budget().characters(lines.length(), times);
        return lines.isEmpty() ? "" : lines.repeat(times);
    }
}
