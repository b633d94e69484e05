package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a template and the templates it extends share while one of them is rendered: the names set at the top level and the
 * blocks.
 */
final class Context {
    /** Names set at the top level. */
    final Map<String, Object> exported = new LinkedHashMap<>();
    /** A block's bodies, that of the template rendered first; the others are what super() reaches. */
    final Map<String, List<BlockReference.Body>> blocks = new HashMap<>();
    /** The template that the one being rendered extends, once it has said so. */
    CompiledTemplate layout;

    private final Render render;
    /** Where an included template also finds names, or null. */
    private final Frame outer;
    /** Whether the variables of the rendering are visible. */
    private final boolean variables;

    Context(Render render, Frame outer, boolean variables) {
        this.render = render;
        this.outer = outer;
        this.variables = variables;
    }

    /** The value of a name, or MISSING. */
    Object lookup(String name) {
        Object value = exported.getOrDefault(name, Attributed.MISSING);
        if (value != Attributed.MISSING) {
            return value;
        }
        if (name.equals("self")) {
            return new BlockReference.Self(this);
        }
        if (outer != null) {
            return outer.find(name);
        }
        if (variables) {
            value = render.variable(name);
        }
        return value == Attributed.MISSING ? render.environment.builtins().global(name) : value;
    }

    /** All names that can be looked up. */
    void names(List<String> names) {
        names.addAll(exported.keySet());
        if (outer != null) {
            outer.names(names);
        } else {
            if (variables) {
                names.addAll(render.variables());
            }
            names.addAll(render.environment.builtins().globals().keySet());
        }
    }

    void addBlocks(CompiledTemplate template) {
        template.blocks()
                .forEach((name, block) -> blocks.computeIfAbsent(name, key -> new ArrayList<>())
                        .add(new BlockReference.Body(block, template)));
    }
}
