package io.jenkins.plugins.imagefactory.jinja.serialization;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.PythonFloat;
import io.jenkins.plugins.imagefactory.jinja.python.PythonObject;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Sorting;
import io.jenkins.plugins.imagefactory.jinja.python.time.PythonDate;
import io.jenkins.plugins.imagefactory.jinja.python.time.PythonDateTime;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as PyYAML represents data and libyaml writes it for Ansible's {@code to_yaml} and {@code to_nice_yaml}. */
public final class YamlWriter {
    private static final int DEEPEST = 100;
    private static final int STANDARD_WIDTH = 80;

    /** Where a node stands. */
    private enum Place {
        ROOT,
        ITEM,
        KEY,
        VALUE
    }

    private int indent = 2;
    private int width = STANDARD_WIDTH;
    private boolean sorted = true;
    /** Block style everywhere, flow style everywhere, or (null) flow style for what holds scalars only. */
    private Boolean flow;

    private boolean explicitStart;
    private boolean explicitEnd;
    /** Of containers: an anchor, or an empty string for one that is there only once. */
    private final Map<Object, String> anchors = new IdentityHashMap<>();

    private YamlEmitter emitter;
    private int lastAnchor;

    public YamlWriter flow(Boolean value) {
        flow = value;
        return this;
    }

    public YamlWriter sorted(boolean value) {
        sorted = value;
        return this;
    }

    /** Too small and too large ones are ignored. */
    public YamlWriter indent(int value) {
        indent = value;
        return this;
    }

    /** After which lines are broken, where that is possible; below 0 for never. */
    public YamlWriter width(int value) {
        width = value;
        return this;
    }

    public YamlWriter explicit(boolean start, boolean end) {
        explicitStart = start;
        explicitEnd = end;
        return this;
    }

    public String write(Object value) {
        findShared(value, 0);
        emitter = new YamlEmitter(indent, width);
        if (explicitStart) {
            emitter.line();
            emitter.indicator("---", true, false, false);
        }
        node(value, Place.ROOT);
        emitter.line();
        if (explicitEnd) {
            emitter.indicator("...", true, false, false);
            emitter.line();
        }
        return emitter.text();
    }

    private static boolean isContainer(Object value) {
        return value instanceof List || value instanceof Tuple || value instanceof Dict;
    }

    private void findShared(Object value, int depth) {
        boolean aliased = isContainer(value) || value instanceof PythonObject;
        if (!aliased || value instanceof Tuple tuple && tuple.items().isEmpty()) {
            return;
        }
        if (depth > DEEPEST) {
            throw new TemplateException("data is nested too deep to be written as YAML");
        }
        String anchor = anchors.get(value);
        if (anchor != null) {
            if (anchor.isEmpty()) {
                anchors.put(value, String.format("id%03d", ++lastAnchor));
            }
            return;
        }
        anchors.put(value, "");
        if (value instanceof PythonObject) {
            return;
        }
        if (value instanceof Dict dict) {
            keys(dict).forEach(key -> {
                findShared(key, depth + 1);
                findShared(dict.get(key), depth + 1);
            });
        } else {
            Iteration.of(value).forEach(item -> findShared(item, depth + 1));
        }
    }

    private List<Object> keys(Dict dict) {
        List<Object> keys = dict.keys();
        if (sorted) {
            try {
                Sorting.sort(keys, key -> key, false);
            } catch (TemplateException e) {
                return dict.keys();
            }
        }
        return keys;
    }

    private void node(Object value, Place place) {
        String anchor = anchors.getOrDefault(value, "");
        if (!anchor.isEmpty() && anchors.put(value, anchor + "!").endsWith("!")) {
            emitter.alias(anchor.replace("!", ""), place == Place.KEY);
            return;
        }
        if (!anchor.isEmpty()) {
            emitter.anchor(anchor);
        }
        if (!isContainer(value)) {
            scalar(value, place == Place.KEY);
        } else if (value instanceof Dict dict) {
            dict(dict);
        } else if (value instanceof Range) {
            throw impossible(value);
        } else {
            list(Iteration.of(value), place);
        }
    }

    private void dict(Dict dict) {
        List<Object> keys = keys(dict);
        boolean simple = keys.stream().noneMatch(key -> isContainer(key) || isContainer(dict.get(key)));
        if (isFlow(simple, dict.isEmpty())) {
            emitter.openFlow("{");
            for (int i = 0; i < keys.size(); i++) {
                if (i > 0) {
                    emitter.indicator(",", false, false, false);
                }
                emitter.lineIfFull();
                entry(keys.get(i), dict.get(keys.get(i)), true);
            }
            emitter.closeFlow("}");
        } else {
            emitter.indent(false, false);
            for (Object key : keys) {
                emitter.line();
                entry(key, dict.get(key), false);
            }
            emitter.dedent();
        }
    }

    private void entry(Object key, Object value, boolean inFlow) {
        if (isSimpleKey(key)) {
            node(key, Place.KEY);
            emitter.indicator(":", false, false, false);
        } else {
            emitter.indicator("?", true, false, !inFlow);
            node(key, Place.VALUE);
            if (inFlow) {
                emitter.lineIfFull();
            } else {
                emitter.line();
            }
            emitter.indicator(":", true, false, !inFlow);
        }
        node(value, Place.VALUE);
    }

    private boolean isSimpleKey(Object key) {
        if (!isContainer(key)) {
            return YamlEmitter.isSimpleKey(text(key));
        }
        boolean empty =
                key instanceof Dict dict ? dict.isEmpty() : Iteration.of(key).isEmpty();
        return empty || anchors.getOrDefault(key, "").endsWith("!");
    }

    private void list(List<Object> items, Place place) {
        if (isFlow(items.stream().noneMatch(YamlWriter::isContainer), items.isEmpty())) {
            emitter.openFlow("[");
            for (int i = 0; i < items.size(); i++) {
                if (i > 0) {
                    emitter.indicator(",", false, false, false);
                }
                emitter.lineIfFull();
                node(items.get(i), Place.ITEM);
            }
            emitter.closeFlow("]");
        } else {
            boolean inMapping = place == Place.KEY || place == Place.VALUE;
            emitter.indent(false, inMapping && emitter.isAfterKey());
            for (Object item : items) {
                emitter.line();
                emitter.indicator("-", true, false, true);
                node(item, Place.ITEM);
            }
            emitter.dedent();
        }
    }

    private boolean isFlow(boolean simple, boolean empty) {
        return emitter.isInFlow() || empty || (flow == null ? simple : flow);
    }

    private void scalar(Object value, boolean key) {
        String text = text(value);
        boolean string = value instanceof String;
        emitter.scalar(text, YamlTypes.tag(text).equals(tag(value)), string, key);
    }

    private static String text(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String string) {
            return string;
        }
        if (value instanceof Boolean flag) {
            return flag ? "true" : "false";
        }
        if (value instanceof Double real) {
            return real(real);
        }
        if (value instanceof Undefined undefined && !undefined.isLenient()) {
            throw undefined.failure();
        }
        if (tag(value) == null) {
            throw impossible(value);
        }
        return PythonRepr.str(value);
    }

    private static Tag tag(Object value) {
        if (value == null) {
            return Tag.NULL;
        }
        if (value instanceof String) {
            return Tag.STR;
        }
        if (value instanceof Boolean) {
            return Tag.BOOL;
        }
        if (value instanceof Long || value instanceof BigInteger) {
            return Tag.INT;
        }
        if (value instanceof Double) {
            return Tag.FLOAT;
        }
        return value instanceof PythonDate || value instanceof PythonDateTime ? Tag.TIMESTAMP : null;
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? ".inf" : "-.inf";
        }
        String text = PythonFloat.repr(value);
        return text.contains(".") ? text : text.replace("e", ".0e");
    }

    private static TemplateException impossible(Object value) {
        return new TemplateException("a " + Types.name(value) + " cannot be written as YAML");
    }
}
