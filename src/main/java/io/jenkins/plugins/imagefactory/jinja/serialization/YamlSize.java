package io.jenkins.plugins.imagefactory.jinja.serialization;

import java.util.IdentityHashMap;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * How large YAML is once its aliases are written out: a few that name one another stand for any size. SnakeYAML's own limit
 * counts the aliases, which ordinary files have many of.
 */
final class YamlSize {
    private final long limit;
    private final Map<Node, Long> sizes = new IdentityHashMap<>();

    private YamlSize(long limit) {
        this.limit = limit;
    }

    /**
     * Refuses a document that a walk through all of it would not get to the end of.
     *
     * @param limit of maps, lists and scalars
     * @throws MarkedYAMLException if there are more, or if one is part of itself; with its place
     */
    static void require(Node document, long limit) {
        new YamlSize(limit).of(document);
    }

    private long of(Node node) {
        Long known = sizes.get(node);
        if (known != null) {
            if (known == 0) {
                throw new Excess(node.getStartMark(), "an alias names what it is part of");
            }
            return known;
        }
        sizes.put(node, 0L);
        long size = 1;
        if (node instanceof SequenceNode list) {
            for (Node element : list.getValue()) {
                size += of(element);
                require(size, node);
            }
        } else if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                size += of(entry.getKeyNode()) + of(entry.getValueNode());
                require(size, node);
            }
        }
        sizes.put(node, size);
        return size;
    }

    private void require(long size, Node node) {
        if (size > limit) {
            throw new Excess(
                    node.getStartMark(), "with its aliases written out it has more than " + limit + " elements");
        }
    }

    static final class Excess extends MarkedYAMLException {
        private static final long serialVersionUID = 1L;

        Excess(Mark place, String problem) {
            super(null, null, problem, place);
        }
    }
}
