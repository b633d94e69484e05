package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;

/** What {@code namespace()} makes: attributes that can be set from inside loops. */
public record Namespace(Dict attributes) implements Attributed {
    void set(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public Object attribute(String name) {
        return attributes.has(name) ? attributes.get(name) : MISSING;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "<Namespace " + PythonRepr.repr(attributes) + ">";
    }
}
