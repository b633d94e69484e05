package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;

/**
 * A string that the {@code escape}, {@code safe}, {@code tojson}, {@code urlize} or {@code xmlattr} filter has marked as safe
 * HTML: plain strings that are joined to it are escaped.
 */
public record Markup(String text) {
    public static Markup escape(Object value) {
        return value instanceof Markup markup ? markup : new Markup(escaped(PythonRepr.str(value)));
    }

    public static String escaped(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            String entity = entity(text.charAt(i));
            if (entity == null) {
                if (escaped != null) {
                    escaped.append(text.charAt(i));
                }
                continue;
            }
            if (escaped == null) {
                escaped = new StringBuilder(text.length() + entity.length()).append(text, 0, i);
            }
            escaped.append(entity);
            Budget.current().room(escaped.length());
        }
        return escaped == null ? text : escaped.toString();
    }

    private static String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '>' -> "&gt;";
            case '<' -> "&lt;";
            case '\'' -> "&#39;";
            case '"' -> "&#34;";
            default -> null;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
