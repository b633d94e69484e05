package io.jenkins.plugins.imagefactory.jinja.serialization;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML read to plain data, with the types that PyYAML's safe loader gives. */
public final class YamlReader {
    private static final int DEEPEST = 100;

    /** The data of nodes that have anchors, so that aliases mean the same object. */
    private final Map<Node, Object> known = new IdentityHashMap<>();

    private int depth;

    private YamlReader() {}

    /** The data of the one document; null when there is none. */
    @CheckForNull
    public static Object one(String text) {
        List<Object> documents = all(text);
        if (documents.size() > 1) {
            throw new TemplateException("YAML has more than one document; from_yaml_all reads several");
        }
        return documents.isEmpty() ? null : documents.get(0);
    }

    public static List<Object> all(String text) {
        List<Object> documents = new ArrayList<>();
        try {
            for (Node document : YamlDocuments.compose(text, new YamlTypes())) {
                documents.add(new YamlReader().data(document));
            }
        } catch (MarkedYAMLException e) {
            String place = e.getProblemMark() == null
                    ? ""
                    : " at line " + (e.getProblemMark().getLine() + 1) + " column "
                            + (e.getProblemMark().getColumn() + 1);
            throw new TemplateException("no valid YAML" + place + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new TemplateException(
                    "no valid YAML: " + e.getMessage().lines().findFirst().orElse(""));
        }
        return documents;
    }

    private Object data(Node node) {
        if (known.containsKey(node)) {
            return known.get(node);
        }
        if (++depth > DEEPEST) {
            throw new TemplateException("YAML is nested more than " + DEEPEST + " deep");
        }
        Object data = node instanceof ScalarNode scalar
                ? YamlTypes.value(scalar.getTag(), scalar.getValue())
                : node instanceof SequenceNode sequence ? list(sequence) : dict((MappingNode) node);
        known.put(node, data);
        depth--;
        return data;
    }

    private List<Object> list(SequenceNode node) {
        require(node, Tag.SEQ);
        List<Object> list = new ArrayList<>();
        known.put(node, list);
        node.getValue().forEach(item -> list.add(data(item)));
        return list;
    }

    private Dict dict(MappingNode node) {
        require(node, Tag.MAP);
        Dict dict = new Dict();
        known.put(node, dict);
        for (NodeTuple pair : node.getValue()) {
            if (pair.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged(pair.getValueNode()).forEach(dict::putAll);
            }
        }
        for (NodeTuple pair : node.getValue()) {
            if (!pair.getKeyNode().getTag().equals(Tag.MERGE)) {
                dict.put(key(pair.getKeyNode()), data(pair.getValueNode()));
            }
        }
        return dict;
    }

    private Object key(Node node) {
        return node instanceof SequenceNode sequence ? new Tuple(list(sequence)) : data(node);
    }

    /** What {@code <<} names, the least important first. */
    private List<Dict> merged(Node node) {
        List<Dict> dicts = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> dicts.add(0, merging(item)));
        } else {
            dicts.add(merging(node));
        }
        return dicts;
    }

    private Dict merging(Node node) {
        if (node instanceof MappingNode mapping) {
            Object known = this.known.get(mapping);
            return known == null ? dict(mapping) : (Dict) known;
        }
        throw new TemplateException("YAML's << must name a map or several maps");
    }

    private static void require(Node node, Tag tag) {
        if (!node.getTag().equals(tag)) {
            throw new TemplateException("YAML's type " + node.getTag() + " is not supported");
        }
    }
}
