package io.jenkins.plugins.imagefactory.runner;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;

/** What a step returns that was bound but not run: every property, element and method result of it is one again. */
final class Placeholder extends GroovyObjectSupport {

    @Override
    public Object getProperty(String name) {
        return this;
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        for (Object argument : (Object[]) arguments) {
            if (argument instanceof Closure<?> closure) {
                closure.call(
                        closure.getMaximumNumberOfParameters() > 1 ? new Object[] {this, this} : new Object[] {this});
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return "placeholder";
    }
}
