package io.jenkins.plugins.imagefactory.jinja.python;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A value of a class of its own, such as a date, that says itself what Python makes of it: equal is what {@code equals} says, and
 * {@code str()} is {@code toString}.
 */
public interface PythonObject extends Attributed {
    /** As {@code repr()} writes it, inside of a list or dict, too. */
    String repr();

    /** Whether it is more than nothing. */
    default boolean isTrue() {
        return true;
    }

    /** Less than 0, 0 or more than 0; null when Python cannot order the two. */
    @CheckForNull
    Integer order(Object other);

    /** The sum, or MISSING when Python cannot add the two. */
    Object plus(Object other);

    /** The difference, or MISSING when Python cannot subtract the two. */
    Object minus(Object other);
}
