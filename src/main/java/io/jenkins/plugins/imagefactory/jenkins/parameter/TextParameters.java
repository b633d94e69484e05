package io.jenkins.plugins.imagefactory.jenkins.parameter;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jenkins.form.FormText;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters that are maps or lists of texts. */
public final class TextParameters {
    private TextParameters() {}

    /** As {@link #map}, with every value as a text, as Groovy's numbers are none. */
    public static Map<String, String> of(@CheckForNull Object values) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(values).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    /**
     * A map, or what a form says in its place: a text of lines of {@code name=value}; of null, an empty one. The setters of
     * such parameters take an {@code Object}, because Jenkins' reference of Pipeline steps shows an exception in place of
     * the type of a map.
     */
    public static Map<String, Object> map(@CheckForNull Object values) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (values instanceof Map<?, ?> entries) {
            entries.forEach((name, value) -> map.put(String.valueOf(name), value));
        } else if (values instanceof CharSequence lines) {
            map.putAll(FormText.map(lines.toString()));
        } else if (values != null) {
            throw new IllegalArgumentException("'" + values + "' is no map: write it as [name: 'value']");
        }
        return map;
    }

    /** With the variables of freestyle jobs in the values. */
    public static Map<String, String> expanded(BuildContext build, Map<String, String> values) {
        Map<String, String> expanded = new LinkedHashMap<>();
        values.forEach((name, value) -> expanded.put(name, build.parameters().expand(value)));
        return expanded;
    }

    public static List<String> expanded(BuildContext build, List<String> values) {
        return values.stream().map(build.parameters()::expand).toList();
    }
}
