package io.jenkins.plugins.imagefactory.jinja.python;

/** A value that a template can call. */
public interface Callable {
    Object call(Caller caller, Arguments arguments);
}
