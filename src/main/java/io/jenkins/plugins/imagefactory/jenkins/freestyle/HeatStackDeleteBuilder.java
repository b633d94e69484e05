package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackDeleteStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link HeatStackDeleteStep} in freestyle jobs. */
public final class HeatStackDeleteBuilder extends OperationBuilder {
    private final HeatStackDeleteStep step;

    @DataBoundConstructor
    public HeatStackDeleteBuilder(HeatStackDeleteStep step) {
        this.step = step;
    }

    public HeatStackDeleteStep getStep() {
        return step;
    }

    @Override
    protected HeatStackDeleteStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(HeatStackDeleteStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.HeatStackDeleteStep_DisplayName();
        }
    }
}
