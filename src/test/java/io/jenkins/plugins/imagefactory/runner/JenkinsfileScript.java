package io.jenkins.plugins.imagefactory.runner;

import groovy.lang.MissingPropertyException;
import groovy.lang.Script;

/** The base class of every Jenkinsfile: its method calls are steps, its unknown variables those of the build. */
public abstract class JenkinsfileScript extends Script {
    static final String PIPELINE = "imageFactoryPipeline";

    @Override
    public Object invokeMethod(String name, Object arguments) {
        if (getMetaClass().respondsTo(this, name, (Object[]) arguments).isEmpty()) {
            return pipeline().call(name, Arguments.of(arguments));
        }
        return super.invokeMethod(name, arguments);
    }

    @Override
    public Object getProperty(String name) {
        try {
            return super.getProperty(name);
        } catch (MissingPropertyException e) {
            return pipeline().variable(name);
        }
    }

    private Pipeline pipeline() {
        return (Pipeline) getBinding().getVariable(PIPELINE);
    }
}
