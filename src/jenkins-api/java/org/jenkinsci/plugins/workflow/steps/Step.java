package org.jenkinsci.plugins.workflow.steps;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;

public abstract class Step extends AbstractDescribableImpl<Step> implements ExtensionPoint {
    public abstract StepExecution start(StepContext context) throws Exception;

    /** The class nested in the step's. */
    @Override
    public StepDescriptor getDescriptor() {
        try {
            return Class.forName(getClass().getName() + "$DescriptorImpl")
                    .asSubclass(StepDescriptor.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
