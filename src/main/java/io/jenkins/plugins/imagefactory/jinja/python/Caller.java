package io.jenkins.plugins.imagefactory.jinja.python;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;

/** Where in a rendering a value is called. */
public interface Caller {
    /** What the call makes and how long it takes is counted there. */
    Budget budget();
}
