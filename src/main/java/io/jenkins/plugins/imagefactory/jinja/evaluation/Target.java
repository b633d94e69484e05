package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.List;

/** What a value is assigned to. */
public sealed interface Target {
    void assign(Frame frame, Object value);

    record Name(String name) implements Target {
        @Override
        public void assign(Frame frame, Object value) {
            frame.assign(name, value);
        }
    }

    /** {@code a, b}: the elements of the value, which must be as many. */
    record Names(List<Target> targets) implements Target {
        @Override
        public void assign(Frame frame, Object value) {
            List<Object> elements = Iteration.of(value);
            if (elements.size() != targets.size()) {
                throw new TemplateException(
                        "cannot unpack " + elements.size() + " values into " + targets.size() + " names");
            }
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(frame, elements.get(i));
            }
        }
    }

    /** {@code namespace.attribute} */
    record NamespaceAttribute(String namespace, String attribute) implements Target {
        @Override
        public void assign(Frame frame, Object value) {
            Object owner = frame.lookup(namespace);
            if (owner instanceof Undefined undefined) {
                throw undefined.failure();
            }
            if (!(owner instanceof Namespace attributes)) {
                throw new TemplateException(
                        "'" + namespace + "' is no namespace; only attributes of namespace() can be set");
            }
            attributes.set(attribute, value);
        }
    }
}
