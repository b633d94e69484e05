package io.jenkins.plugins.imagefactory.heat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Whether what the functions of a Heat template name is there: resources, parameters and conditions. */
final class HeatReferences {
    private static final Set<String> PSEUDO_PARAMETERS =
            Set.of("OS::stack_id", "OS::stack_name", "OS::region", "OS::project_id");

    private final Collection<String> parameters;
    private final Collection<String> resources;
    private final Collection<String> conditions;
    private final Set<String> usedParameters = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    /** What repeat puts in place of its own words, wherever they stand. */
    private final Deque<Set<String>> repeated = new ArrayDeque<>();

    private boolean opaque;

    HeatReferences(Collection<String> parameters, Collection<String> resources, Collection<String> conditions) {
        this.parameters = parameters;
        this.resources = resources;
        this.conditions = conditions;
    }

    /** Checks a resource or output: its own keys, then all that stands below them. */
    void checkDefinition(Node definition) {
        Map<String, YamlNodes.Entry> entries = YamlNodes.entries(definition);
        if (entries.containsKey("depends_on")) {
            Node value = entries.get("depends_on").value();
            (YamlNodes.isList(value) ? YamlNodes.elements(value) : List.of(value))
                    .forEach(resource -> require("depends_on", "resource", resource, resources));
        }
        if (entries.containsKey("condition")) {
            condition("condition", entries.get("condition").value());
        }
        entries.values().forEach(entry -> check(entry.value()));
    }

    /** Checks all functions in a value and remembers which parameters they use. */
    void check(Node node) {
        if (node == null || !seen.add(node)) {
            return;
        }
        YamlNodes.elements(node).forEach(this::check);
        Map<String, YamlNodes.Entry> entries = YamlNodes.entries(node);
        boolean repeats = entries.size() == 1 && entries.containsKey("repeat");
        if (repeats) {
            Node forEach = YamlNodes.value(entries.get("repeat").value(), "for_each");
            repeated.push(YamlNodes.entries(forEach).keySet());
        }
        entries.forEach((name, entry) -> {
            if (entries.size() == 1) {
                function(name, entry.value());
            }
            check(entry.value());
        });
        if (repeats) {
            repeated.pop();
        }
    }

    List<Finding> findings() {
        return findings;
    }

    Set<String> usedParameters() {
        return usedParameters;
    }

    /** Whether a parameter's name is computed, so that any may be used. */
    boolean isOpaque() {
        return opaque;
    }

    private void function(String name, Node argument) {
        switch (name) {
            case "get_resource" -> require(name, "resource", argument, resources);
            case "get_param" -> parameter(first(argument));
            case "get_attr" -> require(name, "resource", first(argument), resources);
            case "if" -> {
                if (YamlNodes.elements(argument).size() == 3) {
                    condition(name, first(argument));
                }
            }
            default -> {
                // Another function, or a map of one entry: both are gone through for what stands in them.
            }
        }
    }

    private void parameter(Node name) {
        String text = YamlNodes.text(name);
        if (text == null || isRepeated(text)) {
            opaque = true;
        } else if (!PSEUDO_PARAMETERS.contains(text)) {
            usedParameters.add(text);
            require("get_param", "parameter", name, parameters);
        }
    }

    private void condition(String what, Node name) {
        if (YamlNodes.text(name) != null && !List.of("true", "false").contains(YamlNodes.text(name))) {
            require(what, "condition", name, conditions);
        }
    }

    private static Node first(Node argument) {
        List<Node> elements = YamlNodes.elements(argument);
        return elements.isEmpty() ? argument : elements.get(0);
    }

    private void require(String what, String kind, Node name, Collection<String> known) {
        String text = YamlNodes.text(name);
        if (text != null && !known.contains(text) && !isRepeated(text)) {
            findings.add(Finding.error(
                    name, what + " names " + HeatTemplateCheck.noSuch(kind, text, known, findings.size())));
        }
    }

    private boolean isRepeated(String text) {
        return repeated.stream().flatMap(Set::stream).anyMatch(text::contains);
    }
}
