package io.jenkins.plugins.imagefactory.jinja.python.method;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Markup has beside the methods of a string, after <a href="https://markupsafe.palletsprojects.com/">MarkupSafe</a>. */
public final class MarkupMethods {
    private MarkupMethods() {}

    static Map<String, Function> all() {
        Map<String, Function> methods = new HashMap<>(StringMethods.all());
        methods.putAll(new Functions()
                .define("striptags(self, /)", (f, a) -> f.budget().text(striptags(StringMethods.text(a[0]))))
                .define("unescape(self, /)", (f, a) -> f.budget().text(unescape(StringMethods.text(a[0]))))
                .toMap());
        return Map.copyOf(methods);
    }

    /** Without comments and tags, white space made one blank, and entities replaced. */
    public static String striptags(String text) {
        String plain = without(without(text, "<!--", "-->"), "<", ">");
        List<Object> words = StringSplitting.split(plain, null, -1L);
        List<String> texts = new ArrayList<>();
        words.forEach(word -> texts.add((String) word));
        return unescape(String.join(" ", texts));
    }

    private static String without(String text, String start, String end) {
        StringBuilder kept = new StringBuilder();
        int position = 0;
        while (true) {
            int from = text.indexOf(start, position);
            int to = from < 0 ? -1 : text.indexOf(end, from + start.length());
            if (to < 0) {
                return kept.append(text, position, text.length()).toString();
            }
            kept.append(text, position, from);
            position = to + end.length();
        }
    }

    private static String unescape(String text) {
        Budget.current().reads(text.length());
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
