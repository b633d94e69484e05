package io.jenkins.plugins.imagefactory.jinja.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.List;

/**
 * A block as {@code self.name} and {@code super} reach it.
 *
 * @param bodies of the block in the templates that extend one another
 * @param depth of the body meant
 * @param scope around the block, or null when it does not see it
 */
record BlockReference(
        String name,
        List<Body> bodies,
        int depth,
        @CheckForNull Frame scope) implements Callable, Attributed {
    /** A block's body, and the template it is written in. */
    record Body(Statement.Block block, CompiledTemplate template) {}

    void print(Frame frame) {
        Statement.Block block = bodies.get(depth).block;
        if (block.required()) {
            throw new TemplateException("the required block '" + name + "' is not there");
        }
        frame.budget().enter();
        Frame inner = scope == null ? frame.block() : scope.scopedBlock();
        inner.assign("super", parent());
        CompiledTemplate outer = frame.render.template;
        int line = frame.render.line;
        frame.render.template = bodies.get(depth).template;
        Statement.executeAll(block.body(), inner);
        frame.render.template = outer;
        frame.render.line = line;
        frame.budget().leave();
    }

    private Object parent() {
        return depth + 1 < bodies.size()
                ? new BlockReference(name, bodies, depth + 1, scope)
                : Undefined.of("there is no parent block called '" + name + "'", null);
    }

    @Override
    public Object call(Caller caller, Arguments arguments) {
        Frame capturing = Frame.of(caller).capturing();
        new BlockReference(name, bodies, depth, scope == null ? null : capturing).print(capturing);
        return Frame.of(caller).marked(capturing.captured());
    }

    @Override
    public Object attribute(String attribute) {
        return attribute.equals("super") ? parent() : MISSING;
    }

    @Override
    public String toString() {
        return "<BlockReference " + name + ">";
    }

    /** The blocks of the template that is rendered, by name. */
    record Self(Context context) implements Attributed {
        @Override
        public String typeName() {
            return "TemplateReference";
        }

        @Override
        public Object attribute(String name) {
            List<Body> bodies = context.blocks.get(name);
            return bodies == null ? MISSING : new BlockReference(name, bodies, 0, null);
        }
    }
}
