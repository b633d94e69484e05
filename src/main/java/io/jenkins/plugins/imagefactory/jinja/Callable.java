package io.jenkins.plugins.imagefactory.jinja;

/** A value that a template can call. */
interface Callable {
    Object call(Caller caller, Arguments arguments);
}
