package io.jenkins.plugins.imagefactory.heat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML document's nodes as maps, lists and texts, without losing where they are. */
final class YamlNodes {
    private YamlNodes() {}

    /** A key of a map and its value. */
    record Entry(ScalarNode key, Node value) {
        String name() {
            return key.getValue();
        }
    }

    /** The entries of a map by their names, in order; none if it is no map. */
    static Map<String, Entry> entries(Node node) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    entries.put(key.getValue(), new Entry(key, tuple.getValueNode()));
                }
            }
        }
        return entries;
    }

    /** The value of a map's key, or null. */
    @CheckForNull
    static Node value(Node node, String key) {
        Entry entry = entries(node).get(key);
        return entry == null ? null : entry.value();
    }

    /** The elements of a list; none if it is no list. */
    static List<Node> elements(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of();
    }

    /** The text of a scalar, or null if it is something else or nothing. */
    @CheckForNull
    static String text(Node node) {
        return node instanceof ScalarNode scalar && !isNothing(node) ? scalar.getValue() : null;
    }

    static boolean isNothing(Node node) {
        return node == null || Tag.NULL.equals(node.getTag());
    }

    static boolean isMap(Node node) {
        return node instanceof MappingNode;
    }

    static boolean isList(Node node) {
        return node instanceof SequenceNode;
    }
}
