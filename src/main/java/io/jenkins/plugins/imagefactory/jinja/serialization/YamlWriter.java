package io.jenkins.plugins.imagefactory.jinja.serialization;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.PythonDate;
import io.jenkins.plugins.imagefactory.jinja.python.PythonFloat;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Sorting;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as PyYAML writes it for Ansible's {@code to_yaml} and {@code to_nice_yaml}. */
public final class YamlWriter {
    private static final int DEEPEST = 100;

    private final DumperOptions options = new DumperOptions();
    private boolean sorted = true;
    /** Block style everywhere, flow style everywhere, or (null) flow style for what holds scalars only. */
    private Boolean flow;

    private boolean explicitStart;
    private boolean explicitEnd;
    /** Of containers: an anchor, or an empty string for one that is there only once. */
    private final Map<Object, String> anchors = new IdentityHashMap<>();

    private final YamlEscapes escapes = new YamlEscapes();
    private final StringWriter out = new StringWriter();
    private Emitter emitter;
    private int lastAnchor;

    public YamlWriter() {
        options.setAllowUnicode(true);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
    }

    public YamlWriter flow(Boolean value) {
        flow = value;
        return this;
    }

    public YamlWriter sorted(boolean value) {
        sorted = value;
        return this;
    }

    /** Too small and too large ones are ignored, as PyYAML ignores them. */
    public YamlWriter indent(int value) {
        options.setIndent(value > 1 && value < 10 ? value : 2);
        return this;
    }

    public YamlWriter width(int value) {
        options.setWidth(value < 0 ? Integer.MAX_VALUE : value <= options.getIndent() * 2 ? 80 : value);
        return this;
    }

    public YamlWriter explicit(boolean start, boolean end) {
        explicitStart = start;
        explicitEnd = end;
        return this;
    }

    public String write(Object value) {
        findShared(value, 0);
        emitter = new Emitter(out, options);
        try {
            emit(new StreamStartEvent(null, null));
            emit(new DocumentStartEvent(null, null, explicitStart, null, Map.of()));
            value(value);
            emit(new DocumentEndEvent(null, null, explicitEnd));
            emit(new StreamEndEvent(null, null));
        } catch (YAMLException e) {
            throw new TemplateException("data cannot be written as YAML: " + e.getMessage());
        }
        return escapes.restore(out.toString());
    }

    private static boolean isContainer(Object value) {
        return value instanceof List || value instanceof Tuple || value instanceof Dict;
    }

    private void findShared(Object value, int depth) {
        if (!isContainer(value) || value instanceof Tuple tuple && tuple.items().isEmpty()) {
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

    private void value(Object value) {
        if (!isContainer(value)) {
            scalar(value);
            return;
        }
        String anchor = anchors.getOrDefault(value, "");
        if (!anchor.isEmpty() && anchors.put(value, anchor + "!").endsWith("!")) {
            emit(new AliasEvent(anchor.replace("!", ""), null, null));
            return;
        }
        container(value, anchor.isEmpty() ? null : anchor);
    }

    private void container(Object value, String anchor) {
        if (value instanceof Dict dict) {
            List<Object> keys = keys(dict);
            boolean simple = keys.stream().noneMatch(key -> isContainer(key) || isContainer(dict.get(key)));
            emit(new MappingStartEvent(anchor, null, true, null, null, style(simple)));
            keys.forEach(key -> {
                value(key);
                value(dict.get(key));
            });
            emit(new MappingEndEvent(null, null));
        } else if (value instanceof Range) {
            throw impossible(value);
        } else {
            List<Object> items = Iteration.of(value);
            boolean simple = items.stream().noneMatch(YamlWriter::isContainer);
            emit(new SequenceStartEvent(anchor, null, true, null, null, style(simple)));
            items.forEach(this::value);
            emit(new SequenceEndEvent(null, null));
        }
    }

    private DumperOptions.FlowStyle style(boolean simple) {
        boolean flows = flow == null ? simple : flow;
        return flows ? DumperOptions.FlowStyle.FLOW : DumperOptions.FlowStyle.BLOCK;
    }

    private void scalar(Object value) {
        String text;
        Tag tag;
        if (value == null) {
            text = "null";
            tag = Tag.NULL;
        } else if (value instanceof String string) {
            text = string;
            tag = Tag.STR;
        } else if (value instanceof Boolean flag) {
            text = flag ? "true" : "false";
            tag = Tag.BOOL;
        } else if (value instanceof Long || value instanceof BigInteger) {
            text = PythonRepr.str(value);
            tag = Tag.INT;
        } else if (value instanceof Double real) {
            text = real(real);
            tag = Tag.FLOAT;
        } else if (value instanceof PythonDate) {
            text = value.toString();
            tag = Tag.TIMESTAMP;
        } else if (value instanceof Undefined undefined && !undefined.isLenient()) {
            throw undefined.failure();
        } else {
            throw impossible(value);
        }
        ImplicitTuple implicit = new ImplicitTuple(YamlTypes.tag(text).equals(tag), tag.equals(Tag.STR));
        String printable = escapes.replace(text);
        emit(new ScalarEvent(null, tag.getValue(), implicit, printable, null, null, style(text, printable)));
    }

    private static DumperOptions.ScalarStyle style(String text, String printable) {
        if (!printable.equals(text)) {
            return DumperOptions.ScalarStyle.DOUBLE_QUOTED;
        }
        return text.indexOf('\n') >= 0 ? DumperOptions.ScalarStyle.SINGLE_QUOTED : DumperOptions.ScalarStyle.PLAIN;
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

    private void emit(Event event) {
        try {
            emitter.emit(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
