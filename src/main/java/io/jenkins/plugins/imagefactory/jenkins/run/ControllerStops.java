package io.jenkins.plugins.imagefactory.jenkins.run;

/**
 * Thrown out of an operation, which must leave everything as it is, because it goes on after the controller's restart. Who
 * catches RuntimeException on an operation's way lets this pass, or says why what it does then is right.
 */
public final class ControllerStops extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
