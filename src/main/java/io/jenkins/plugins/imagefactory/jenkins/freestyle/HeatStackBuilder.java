package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link HeatStackStep} in freestyle jobs. */
public final class HeatStackBuilder extends OperationBuilder {
    private final HeatStackStep step;

    @DataBoundConstructor
    public HeatStackBuilder(HeatStackStep step) {
        this.step = step;
    }

    public HeatStackStep getStep() {
        return step;
    }

    @Override
    protected HeatStackStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(HeatStackStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.HeatStackStep_DisplayName();
        }
    }
}
