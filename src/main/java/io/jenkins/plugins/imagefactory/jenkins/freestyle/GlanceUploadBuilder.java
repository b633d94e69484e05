package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link GlanceUploadStep} in freestyle jobs. */
public final class GlanceUploadBuilder extends OperationBuilder {
    private final GlanceUploadStep step;

    @DataBoundConstructor
    public GlanceUploadBuilder(GlanceUploadStep step) {
        this.step = step;
    }

    public GlanceUploadStep getStep() {
        return step;
    }

    @Override
    protected GlanceUploadStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(GlanceUploadStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceUploadStep_DisplayName();
        }
    }
}
