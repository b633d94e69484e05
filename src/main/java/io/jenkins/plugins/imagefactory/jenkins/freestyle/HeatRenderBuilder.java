package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link HeatRenderStep} in freestyle jobs. */
public final class HeatRenderBuilder extends OperationBuilder {
    private final HeatRenderStep step;

    @DataBoundConstructor
    public HeatRenderBuilder(HeatRenderStep step) {
        this.step = step;
    }

    public HeatRenderStep getStep() {
        return step;
    }

    @Override
    protected HeatRenderStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(HeatRenderStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.HeatRenderStep_DisplayName();
        }
    }
}
