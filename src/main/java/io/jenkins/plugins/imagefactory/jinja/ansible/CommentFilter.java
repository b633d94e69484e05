package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
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
        filters.define(
                "comment(text, style='plain', newline='\\n', beginning=None, prefix=None, prefix_count=1, decoration=None,"
                        + " postfix=None, postfix_count=1, end=None, **ignored)",
                CommentFilter::comment);
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
        String newline = AnsibleFilters.text(a[2]);
        String decoration = a[6] == null ? style.decoration : AnsibleFilters.text(a[6]);
        String bare = PythonText.stripEnd(decoration, null);
        String beginning = line(a[3], style.beginning, newline);
        String end = a[9] == null ? style.end : AnsibleFilters.text(a[9]);
        String prefix = repeated(caller.budget(), a[4] == null ? bare : AnsibleFilters.text(a[4]), a[5], newline);
        String postfix = repeated(caller.budget(), a[7] == null ? bare : AnsibleFilters.text(a[7]), a[8], newline);
        String body = decoration + a[0].toString().replace(newline, newline + decoration);
        String trimmed = body.replace(decoration + newline, bare + newline);
        return caller.budget()
                .text(beginning + prefix + trimmed + postfix(postfix, newline) + (end.isEmpty() ? "" : newline + end));
    }

    private static String line(Object given, String standard, String newline) {
        String text = given == null ? standard : AnsibleFilters.text(given);
        return text.isEmpty() ? "" : text + newline;
    }

    private static String repeated(Budget budget, String text, Object count, String newline) {
        int times = Math.max(0, Numbers.toInt(count, "the count of a comment's lines"));
        budget.characters(text.length() + (long) newline.length(), times);
        return text.isEmpty() ? "" : (text + newline).repeat(times);
    }

    /** The line ends stand before the lines after the text. */
    private static String postfix(String lines, String newline) {
        return lines.isEmpty() ? "" : newline + lines.substring(0, lines.length() - newline.length());
    }
}
