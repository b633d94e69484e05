package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.GlancePruneStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link GlancePruneStep} in freestyle jobs. */
public final class GlancePruneBuilder extends OperationBuilder {
    private final GlancePruneStep step;

    @DataBoundConstructor
    public GlancePruneBuilder(GlancePruneStep step) {
        this.step = step;
    }

    public GlancePruneStep getStep() {
        return step;
    }

    @Override
    protected GlancePruneStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(GlancePruneStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.GlancePruneStep_DisplayName();
        }
    }
}
