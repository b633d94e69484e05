package io.jenkins.plugins.imagefactory.jinja.python;

/** A value of the language itself (loop, namespace, an imported template…) whose attributes a template can read. */
public interface Attributed {
    Object MISSING = new Object();

    /** The attribute's value, or MISSING. */
    Object attribute(String name);

    /** Python's name of its type. */
    default String typeName() {
        return getClass().getSimpleName();
    }
}
