package io.jenkins.plugins.imagefactory.heat;

import io.jenkins.plugins.imagefactory.jinja.serialization.YamlDocuments;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML, and JSON as a part of it, read to plain data only; a key that stands twice in one map is an error. */
final class StrictYaml {
    private static final Tag UNSAFE = new Tag("!unsafe");

    private final String text;
    private final TextPlaces places;

    StrictYaml(String text, TextPlaces places) {
        this.text = text;
        this.places = places;
    }

    /** The data of a document; dates, and what is {@code !unsafe} to Ansible, stay the texts that they are written as. */
    Object data(Node document) throws RenderException {
        try {
            return new PlainData().of(document);
        } catch (MarkedYAMLException e) {
            throw problem(e.getProblemMark(), e.getProblem());
        } catch (YAMLException e) {
            throw new RenderException(places.at(1, 1) + ": no valid YAML: " + firstLine(e.getMessage()));
        }
    }

    /** The documents as they are written, with the places of everything in them. */
    List<Node> documents() throws RenderException {
        List<Node> documents;
        try {
            documents = YamlDocuments.compose(text, new Resolver());
        } catch (MarkedYAMLException e) {
            throw problem(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark(), e.getProblem());
        } catch (YAMLException e) {
            throw new RenderException(places.at(1, 1) + ": no valid YAML: " + firstLine(e.getMessage()));
        }
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node document : documents) {
            requireDifferentKeys(document, seen);
        }
        return documents;
    }

    private void requireDifferentKeys(Node node, Set<Node> seen) throws RenderException {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode list) {
            for (Node element : list.getValue()) {
                requireDifferentKeys(element, seen);
            }
        } else if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && !Tag.MERGE.equals(key.getTag())
                        && !keys.add(key.getTag() + " " + key.getValue())) {
                    throw problem(key.getStartMark(), "duplicate key " + key.getValue());
                }
                requireDifferentKeys(entry.getValueNode(), seen);
            }
        }
    }

    private RenderException problem(Mark mark, String problem) {
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        return new RenderException(places.at(line, column) + ": no valid YAML: " + problem);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static final class PlainData extends SafeConstructor {
        PlainData() {
            super(new LoaderOptions());
            yamlConstructors.put(Tag.TIMESTAMP, yamlConstructors.get(Tag.STR));
            yamlConstructors.put(UNSAFE, yamlConstructors.get(Tag.STR));
        }

        Object of(Node document) {
            return constructDocument(document);
        }
    }
}
