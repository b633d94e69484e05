package io.jenkins.plugins.imagefactory.heat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A Heat Orchestration Template, as far as rendering tells about it.
 *
 * @param version {@code heat_template_version}
 * @param parameters definitions by name
 * @see <a href="https://docs.openstack.org/heat/latest/template_guide/hot_spec.html">HOT specification</a>
 */
record HeatTemplate(String version, Map<String, Object> parameters) {

    /**
     * The Heat template that the data is.
     *
     * @return null if the data has no {@code heat_template_version}, so that it is something else
     */
    static HeatTemplate of(Object data) {
        if (!(data instanceof Map<?, ?> template) || !template.containsKey("heat_template_version")) {
            return null;
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (template.get("parameters") instanceof Map<?, ?> definitions) {
            definitions.forEach((name, definition) -> parameters.put(String.valueOf(name), definition));
        }
        return new HeatTemplate(versionText(template.get("heat_template_version")), parameters);
    }

    /** YAML reads an unquoted 2021-04-16 as a date. */
    private static String versionText(Object version) {
        return version instanceof java.util.Date date
                ? date.toInstant().toString().substring(0, "2021-04-16".length())
                : Objects.toString(version);
    }
}
