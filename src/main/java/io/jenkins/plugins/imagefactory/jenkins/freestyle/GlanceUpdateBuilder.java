package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUpdateStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link GlanceUpdateStep} in freestyle jobs. */
public final class GlanceUpdateBuilder extends OperationBuilder {
    private final GlanceUpdateStep step;

    @DataBoundConstructor
    public GlanceUpdateBuilder(GlanceUpdateStep step) {
        this.step = step;
    }

    public GlanceUpdateStep getStep() {
        return step;
    }

    @Override
    protected GlanceUpdateStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(GlanceUpdateStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceUpdateStep_DisplayName();
        }
    }
}
