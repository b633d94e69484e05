package io.jenkins.plugins.imagefactory.jinja;

/** Where in a rendering a value is called. */
interface Caller {
    /** What the call makes and how long it takes is counted there. */
    Budget budget();
}
