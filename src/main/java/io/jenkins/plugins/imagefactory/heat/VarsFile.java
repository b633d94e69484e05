package io.jenkins.plugins.imagefactory.heat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML or JSON file of variables. Ansible renders templates in their values, too; here values are data. */
final class VarsFile {
    private static final List<String> MARKS = List.of("{{", "{%", "{#");

    private final String name;
    private final StrictYaml yaml;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param name how messages name it */
    VarsFile(String name, String text) {
        this.name = name;
        this.yaml = new StrictYaml(text, TextPlaces.of(name));
    }

    /** The variables by name; an empty file has none. */
    Map<String, Object> variables() throws RenderException {
        List<Node> documents = yaml.documents();
        Map<String, Object> variables = new LinkedHashMap<>();
        if (documents.isEmpty()) {
            return variables;
        }
        if (documents.size() > 1 || !(yaml.data(documents.get(0)) instanceof Map<?, ?> map)) {
            throw new RenderException(name + " holds no variables: it must be one map of names to values");
        }
        requireData(documents.get(0));
        map.forEach((variable, value) -> variables.put(String.valueOf(variable), value));
        return variables;
    }

    private void requireData(Node node) throws RenderException {
        if (!seen.add(node)) {
            return;
        }
        for (Node element : YamlNodes.elements(node)) {
            requireData(element);
        }
        for (YamlNodes.Entry entry : YamlNodes.entries(node).values()) {
            requireData(entry.value());
        }
        if (node instanceof ScalarNode scalar
                && Tag.STR.equals(scalar.getTag())
                && MARKS.stream().anyMatch(scalar.getValue()::contains)) {
            throw new RenderException(TextPlaces.of(name)
                            .at(
                                    scalar.getStartMark().getLine() + 1,
                                    scalar.getStartMark().getColumn() + 1)
                    + ": a variable's value is a template, but values are data here: write what it stands for, or !unsafe"
                    + " before a text that only looks like a template");
        }
    }
}
