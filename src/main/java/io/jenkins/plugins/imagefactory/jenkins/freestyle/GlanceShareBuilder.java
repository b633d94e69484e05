package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceShareStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link GlanceShareStep} in freestyle jobs. */
public final class GlanceShareBuilder extends OperationBuilder {
    private final GlanceShareStep step;

    @DataBoundConstructor
    public GlanceShareBuilder(GlanceShareStep step) {
        this.step = step;
    }

    public GlanceShareStep getStep() {
        return step;
    }

    @Override
    protected GlanceShareStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(GlanceShareStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceShareStep_DisplayName();
        }
    }
}
