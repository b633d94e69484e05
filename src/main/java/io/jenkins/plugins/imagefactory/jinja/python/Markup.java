package io.jenkins.plugins.imagefactory.jinja.python;

/**
 * A string that the {@code escape}, {@code safe}, {@code tojson}, {@code urlize} or {@code xmlattr} filter has marked as safe
 * HTML: plain strings that are joined to it are escaped.
 */
public record Markup(String text) {
    public static Markup escape(Object value) {
        return value instanceof Markup markup ? markup : new Markup(escaped(PythonRepr.str(value)));
    }

    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    @Override
    public String toString() {
        return text;
    }
}
