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

    /** @param template with a {@code heat_template_version} */
    static HeatTemplate of(Map<?, ?> template) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (template.get("parameters") instanceof Map<?, ?> definitions) {
            definitions.forEach((name, definition) -> parameters.put(String.valueOf(name), definition));
        }
        return new HeatTemplate(Objects.toString(template.get("heat_template_version")), parameters);
    }
}
