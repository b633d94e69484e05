package io.jenkins.plugins.imagefactory.heat;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Finds in a Heat Orchestration Template what can be found without a cloud: unknown versions, sections and keys, parameters
 * whose default and constraints disagree, and references to what is not there.
 *
 * @see <a href="https://docs.openstack.org/heat/latest/template_guide/hot_spec.html">HOT specification</a>
 */
final class HeatTemplateCheck {
    /** Each is as much work as there are names. */
    private static final int MOST_SUGGESTIONS = 100;

    private static final int MOST_NAMES = 10_000;
    private static final String CONDITIONS_SINCE = "2016-10-14";
    private static final Set<String> RESOURCE_KEYS = Set.of(
            "type",
            "properties",
            "metadata",
            "depends_on",
            "deletion_policy",
            "update_policy",
            "description",
            "external_id",
            "condition");
    private static final Set<String> OUTPUT_KEYS = Set.of("description", "value", "condition");

    private final Node template;
    private final Map<String, YamlNodes.Entry> sections;
    private final List<Finding> findings = new ArrayList<>();

    private HeatTemplateCheck(Node template) {
        this.template = template;
        this.sections = YamlNodes.entries(template);
    }

    /** What is wrong in the template, from its beginning to its end. */
    static List<Finding> of(Node template) {
        HeatTemplateCheck check = new HeatTemplateCheck(template);
        check.version();
        check.sections();
        check.parameters();
        check.definitions("resources", "resource", "type", RESOURCE_KEYS);
        check.definitions("outputs", "output", "value", OUTPUT_KEYS);
        check.references();
        check.findings.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
        return check.findings;
    }

    private void version() {
        Node value = section("heat_template_version");
        String version = YamlNodes.text(value);
        if (version == null || !HeatVersion.isKnown(version)) {
            error(
                    YamlNodes.isNothing(value) ? template : value,
                    "heat_template_version '" + version + "' is unknown; there are "
                            + String.join(", ", HeatVersion.all()));
        }
    }

    private void sections() {
        Set<String> known = new HashSet<>(Set.of(
                "heat_template_version", "description", "parameter_groups", "parameters", "resources", "outputs"));
        String version = YamlNodes.text(section("heat_template_version"));
        if (version == null || !HeatVersion.isKnown(version) || HeatVersion.isSince(version, CONDITIONS_SINCE)) {
            known.add("conditions");
        }
        sections.forEach((name, section) -> {
            if (!known.contains(name)) {
                error(
                        section.key(),
                        name.equals("conditions")
                                ? "there are no 'conditions' before heat_template_version " + CONDITIONS_SINCE
                                : unknown("section", name, known));
            }
        });
        for (String name : List.of("parameters", "resources", "outputs", "conditions")) {
            if (!YamlNodes.isNothing(section(name))) {
                requireMap(section(name), "'" + name + "'");
            }
        }
        if (YamlNodes.isNothing(section("resources"))) {
            findings.add(Finding.warning(template, "the template has no resources"));
        }
    }

    private void parameters() {
        Map<String, YamlNodes.Entry> parameters = entries("parameters");
        parameters.values().forEach(definition -> findings.addAll(HeatParameterCheck.of(definition)));
        List<Node> groups = YamlNodes.elements(section("parameter_groups"));
        for (Node group : groups) {
            for (Node parameter : YamlNodes.elements(YamlNodes.value(group, "parameters"))) {
                requireKnown("parameter group names", "parameter", parameter, parameters.keySet());
            }
        }
        if (!YamlNodes.isNothing(section("parameter_groups")) && !YamlNodes.isList(section("parameter_groups"))) {
            error(section("parameter_groups"), "'parameter_groups' must be a list");
        }
    }

    private void definitions(String section, String kind, String required, Set<String> keys) {
        entries(section).forEach((name, definition) -> {
            if (!requireMap(definition.value(), kind + " '" + name + "'")) {
                return;
            }
            Map<String, YamlNodes.Entry> parts = YamlNodes.entries(definition.value());
            if (!parts.containsKey(required)) {
                error(definition.key(), kind + " '" + name + "' has no '" + required + "'");
            }
            parts.forEach((key, part) -> {
                if (!keys.contains(key)) {
                    error(part.key(), kind + " '" + name + "': " + unknown("key", key, keys));
                }
            });
        });
    }

    private void references() {
        HeatReferences references = new HeatReferences(
                entries("parameters").keySet(),
                entries("resources").keySet(),
                entries("conditions").keySet());
        references.check(section("conditions"));
        for (String name : List.of("resources", "outputs")) {
            entries(name).values().forEach(definition -> references.checkDefinition(definition.value()));
        }
        findings.addAll(references.findings());
        entries("parameters").forEach((name, definition) -> {
            if (!references.usedParameters().contains(name) && !references.isOpaque()) {
                findings.add(Finding.warning(definition.key(), "parameter '" + name + "' is never used"));
            }
        });
    }

    private void requireKnown(String what, String kind, Node name, Collection<String> known) {
        String text = YamlNodes.text(name);
        if (text != null && !known.contains(text)) {
            error(name, what + " " + noSuch(kind, text, known, findings.size()));
        }
    }

    /**
     * Says that a name is none of the known ones, and which was perhaps meant.
     *
     * @param before how many other things are wrong
     */
    static String noSuch(String kind, String name, Collection<String> known, int before) {
        boolean suggests = before < MOST_SUGGESTIONS && known.size() <= MOST_NAMES;
        return "'" + name + "', but there is no such " + kind + (suggests ? suggestion(name, known) : "");
    }

    static String unknown(String kind, String name, Collection<String> known) {
        return "there is no " + kind + " '" + name + "' in Heat templates" + suggestion(name, known);
    }

    private static String suggestion(String name, Collection<String> known) {
        String nearest = Suggestion.nearest(name, known);
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    private boolean requireMap(Node node, String what) {
        if (!YamlNodes.isMap(node)) {
            error(node, what + " must be a map");
        }
        return YamlNodes.isMap(node);
    }

    private Node section(String name) {
        YamlNodes.Entry entry = sections.get(name);
        return entry == null ? null : entry.value();
    }

    private Map<String, YamlNodes.Entry> entries(String section) {
        return YamlNodes.entries(section(section));
    }

    private void error(Node place, String sentence) {
        findings.add(Finding.error(place, sentence));
    }
}
