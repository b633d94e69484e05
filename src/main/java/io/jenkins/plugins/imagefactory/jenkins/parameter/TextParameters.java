package io.jenkins.plugins.imagefactory.jenkins.parameter;

import hudson.Util;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters that are maps or lists of texts. */
public final class TextParameters {
    private TextParameters() {}

    /** Every value as a text, as Groovy's numbers are none; of null, an empty map. */
    public static Map<String, String> of(Map<String, ?> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        Util.fixNull(values, Map.<String, Object>of()).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
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
