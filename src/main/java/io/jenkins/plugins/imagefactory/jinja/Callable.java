package io.jenkins.plugins.imagefactory.jinja;

/** A value that a template can call. */
interface Callable {
    Object call(Frame frame, Arguments arguments);
}
