package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringSplitting;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code urlize} filter: makes links of the addresses in a text.
 *
 * @see <a href="https://jinja.palletsprojects.com/en/3.1.x/templates/#jinja-filters.urlize">urlize</a>
 */
final class UrlizeFilter {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern OPENING = Pattern.compile("(?:\\(|&lt;)+");
    private static final Pattern CLOSING = Pattern.compile("(?:\\)|&gt;|[.,])+$");
    private static final String NAMED_HOST = "(?:[\\w%-]+\\.)*(?:[a-z]{2,63}|xn--[\\w%]{2,59})";
    private static final String KNOWN_HOST = "(?:[\\w%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)";
    private static final String NUMBERED_HOST = "\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[\\da-f]{0,4}(?::[\\da-f]{0,4}){2,7}]";
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:(?:https?://|www\\.)" + NAMED_HOST + "|" + KNOWN_HOST + "|https?://(?:" + NUMBERED_HOST
                    + "))(?::\\d{1,5})?(?:[/?#]\\S*)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern MAIL = Pattern.compile("\\S+@\\w[\\w.-]*\\.\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SCHEME = Pattern.compile("[\\w.+-]{2,}:/{0,2}", Pattern.UNICODE_CHARACTER_CLASS);

    private final Integer longest;
    private final String attributes;
    private final List<String> schemes;

    private UrlizeFilter(Object limit, Object nofollow, Object target, Object rel, Object schemes) {
        this.longest = limit == null ? null : Numbers.toInt(limit, "a limit");
        this.attributes = attributes(Operators.truth(nofollow), target, rel);
        this.schemes = schemes == null
                ? List.of()
                : Iteration.of(schemes).stream().map(UrlizeFilter::scheme).toList();
    }

    static void define(Functions filters) {
        filters.define(
                "urlize(value, trim_url_limit=None, nofollow=False, target=None, rel=None, extra_schemes=None)",
                (f, a) -> HtmlFilters.marked(
                        f,
                        new UrlizeFilter(a[1], a[2], a[3], a[4], a[5])
                                .linked(Markup.escape(a[0]).text())));
    }

    private static String scheme(Object value) {
        String scheme = PythonRepr.str(value);
        if (!SCHEME.matcher(scheme).matches()) {
            throw new TemplateException(PythonRepr.repr(value) + " is no scheme of addresses");
        }
        return scheme;
    }

    private static String attributes(boolean nofollow, Object target, Object rel) {
        TreeSet<String> relations = new TreeSet<>(List.of("noopener"));
        if (nofollow) {
            relations.add("nofollow");
        }
        if (rel != null) {
            StringSplitting.split(PythonRepr.str(rel), null, -1L).forEach(part -> relations.add((String) part));
        }
        String written = " rel=\"" + Markup.escape(String.join(" ", relations)).text() + "\"";
        boolean targeted = target != null && Operators.truth(target);
        return targeted ? written + " target=\"" + Markup.escape(target).text() + "\"" : written;
    }

    private String linked(String escaped) {
        return WORD.matcher(escaped).replaceAll(word -> Matcher.quoteReplacement(linkedWord(word.group())));
    }

    private String linkedWord(String word) {
        Matcher opening = OPENING.matcher(word);
        int start = opening.lookingAt() ? opening.end() : 0;
        Matcher closing = CLOSING.matcher(word).region(start, word.length());
        int end = closing.find() ? closing.start() : word.length();
        for (String[] pair : new String[][] {{"(", ")"}, {"&lt;", "&gt;"}}) {
            end = closed(word, start, end, pair[0], pair[1]);
        }
        return word.substring(0, start) + link(word.substring(start, end)) + word.substring(end);
    }

    /** The end of the address: one that opens more brackets than it closes takes as many as it opens of those behind it. */
    private static int closed(String word, int start, int end, String opening, String closing) {
        String inside = word.substring(start, end);
        int opened = count(inside, opening);
        int moved = end;
        for (int i = 0; i < opened && opened > count(inside, closing); i++) {
            int next = word.indexOf(closing, moved);
            if (next < 0) {
                break;
            }
            moved = next + closing.length();
        }
        return moved;
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private String link(String address) {
        if (ADDRESS.matcher(address).matches()) {
            boolean whole = address.startsWith("https://") || address.startsWith("http://");
            return "<a href=\"" + (whole ? "" : "https://") + address + "\"" + attributes + ">" + shown(address)
                    + "</a>";
        }
        if (address.startsWith("mailto:") && MAIL.matcher(address.substring(7)).matches()) {
            return "<a href=\"" + address + "\">" + address.substring(7) + "</a>";
        }
        if (!address.startsWith("www.")
                && !address.contains(":")
                && MAIL.matcher(address).matches()) {
            return "<a href=\"mailto:" + address + "\">" + address + "</a>";
        }
        boolean known = schemes.stream().anyMatch(scheme -> address.startsWith(scheme) && !address.equals(scheme));
        return known ? "<a href=\"" + address + "\"" + attributes + ">" + address + "</a>" : address;
    }

    private String shown(String address) {
        boolean fits = longest == null || PythonText.length(address) <= longest;
        return fits ? address : PythonText.slice(address, 0, longest) + "...";
    }
}
